package io.kraftlift.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicId;
import io.kraftlift.core.topics.TopicName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CoverageTest {
    private static final TopicName ORDERS = new TopicName("orders");
    private static final TopicName BILLS = new TopicName("bills");
    private static final TopicId FIRST = new TopicId("first");
    private static final TopicId SECOND = new TopicId("second");
    private static final List<LanePartition> PLANNED = List.of(
            planned("orders", 0), planned("orders", 1), planned("bills", 0).of(FIRST));

    @Test
    void isFineWhenEveryPartitionIsInALane() {
        Coverage coverage = Coverage.of(PLANNED, List.of(), Map.of(ORDERS, topic(2), BILLS, topic(1)));

        assertThatCode(coverage::require).doesNotThrowAnyException();
    }

    @Test
    void namesPartitionsOfGrownAndOfNewTopics() {
        Coverage coverage = Coverage.of(
                PLANNED, List.of(), Map.of(ORDERS, topic(4), BILLS, topic(1), new TopicName("refunds"), topic(1)));

        assertThat(coverage.uncovered())
                .containsExactly(
                        PartitionId.of("orders", 2), PartitionId.of("orders", 3), PartitionId.of("refunds", 0));
        assertThat(coverage.gone()).isEmpty();
        assertThatThrownBy(coverage::require)
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("TOPOLOGY_CONFLICT")
                .hasMessageContaining("looked last: orders/2, orders/3, refunds/0;");
    }

    @Test
    void namesWhatWasDeletedAndIsNotFinished() {
        Coverage coverage = Coverage.of(PLANNED, List.of(), Map.of(ORDERS, topic(1)));

        assertThat(coverage.uncovered()).isEmpty();
        assertThat(coverage.deleted()).isEmpty();
        assertThatThrownBy(coverage::require)
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("not finished them yet: bills/0, orders/1;");
    }

    @Test
    void isFineWhenWhatWasDeletedIsFinished() {
        Coverage coverage = Coverage.of(PLANNED, List.of(PartitionId.of("bills", 0)), Map.of(ORDERS, topic(2)));

        assertThat(coverage.deleted()).containsExactly(BILLS);
        assertThatCode(coverage::require).doesNotThrowAnyException();
    }

    @Test
    void refusesATopicThatIsThereAgainAfterItsCopyHasEnded() {
        Coverage coverage =
                Coverage.of(PLANNED, List.of(PartitionId.of("bills", 0)), Map.of(ORDERS, topic(2), BILLS, topic(3)));

        assertThat(coverage.uncovered()).as("nothing of it is copied").isEmpty();
        assertThatThrownBy(coverage::require)
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("TOPIC_REMADE")
                .hasMessageContaining("made anew: bills;");
    }

    @Test
    void refusesATopicWithAnotherIdBeforeItsLaneHasNoticed() {
        Coverage same = Coverage.of(
                PLANNED, List.of(), Map.of(ORDERS, new SourceTopic(2, SECOND), BILLS, new SourceTopic(1, FIRST)));
        Coverage other = Coverage.of(PLANNED, List.of(), Map.of(ORDERS, topic(2), BILLS, new SourceTopic(1, SECOND)));

        assertThatCode(same::require).doesNotThrowAnyException();
        assertThat(other.remade()).containsExactly(BILLS);
    }

    @Test
    void namesNoMoreThanAPersonReads() {
        Coverage coverage = Coverage.of(List.of(), List.of(), Map.of(ORDERS, topic(25)));

        assertThatThrownBy(coverage::require).hasMessageContaining("orders/19 and 5 more;");
    }

    private static LanePartition planned(String topic, int index) {
        return new LanePartition(PartitionId.of(topic, index), SourceOffset.of(0), SourceOffset.of(9), 0);
    }

    private static SourceTopic topic(int partitions) {
        return new SourceTopic(partitions, null);
    }
}
