package io.kraftlift.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CoverageTest {
    private static final TopicName ORDERS = new TopicName("orders");
    private static final TopicName BILLS = new TopicName("bills");
    private static final List<PartitionId> PLANNED =
            List.of(PartitionId.of("orders", 0), PartitionId.of("orders", 1), PartitionId.of("bills", 0));

    @Test
    void isFineWhenEveryPartitionIsInALane() {
        Coverage coverage = Coverage.of(PLANNED, Map.of(ORDERS, 2, BILLS, 1));

        assertThatCode(coverage::require).doesNotThrowAnyException();
    }

    @Test
    void namesPartitionsOfGrownAndOfNewTopics() {
        Coverage coverage = Coverage.of(PLANNED, Map.of(ORDERS, 4, BILLS, 1, new TopicName("refunds"), 1));

        assertThat(coverage.uncovered())
                .containsExactly(
                        PartitionId.of("orders", 2), PartitionId.of("orders", 3), PartitionId.of("refunds", 0));
        assertThat(coverage.gone()).isEmpty();
        assertThatThrownBy(coverage::require)
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("TOPOLOGY_CONFLICT")
                .hasMessageContaining("these came: orders/2, orders/3, refunds/0;");
    }

    @Test
    void namesWhatWasDeletedOrMadeAnewSmaller() {
        Coverage coverage = Coverage.of(PLANNED, Map.of(ORDERS, 1));

        assertThat(coverage.uncovered()).isEmpty();
        assertThatThrownBy(coverage::require)
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("these were deleted: bills/0, orders/1;");
    }

    @Test
    void namesNoMoreThanAPersonReads() {
        Coverage coverage = Coverage.of(List.of(), Map.of(ORDERS, 25));

        assertThatThrownBy(coverage::require).hasMessageContaining("orders/19 and 5 more;");
    }
}
