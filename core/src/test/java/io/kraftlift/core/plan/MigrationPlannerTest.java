package io.kraftlift.core.plan;

import static io.kraftlift.core.inventory.Inventories.group;
import static io.kraftlift.core.inventory.Inventories.partitions;
import static io.kraftlift.core.inventory.Inventories.source;
import static io.kraftlift.core.inventory.Inventories.target;
import static io.kraftlift.core.inventory.Inventories.topic;
import static io.kraftlift.core.inventory.Inventories.withGroups;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kraftlift.core.config.TopicSelection;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.OffsetSpan;
import io.kraftlift.core.inventory.PartitionInventory;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MigrationPlannerTest {
    private static final TopicSelection ALL = new TopicSelection(List.of(), List.of("*.tmp"));

    @Test
    void countsWhatMovesAndNamesWhatDoesNot() {
        ClusterInventory here = withGroups(
                source(
                        topic("orders", Map.of(), partitions(3, new OffsetSpan(2, 9, 9), 100)),
                        topic("prices", Map.of(), partitions(2, new OffsetSpan(0, 4, 4), 10)),
                        topic("scratch.tmp", 1),
                        topic("__consumer_offsets", 1)),
                Reading.known(List.of(
                        group("billing", "consumer", Map.of()), group("amazon.msk.canary.1", "consumer", Map.of()))));

        MigrationPlan plan = plan(here, target(topic("prices", 2)), 2).plan();

        assertThat(plan.totals()).isEqualTo(new PlanTotals(2, 1, 5, 3, 320, 0, 29, null, null));
        assertThat(plan.skippedTopics())
                .containsExactly(
                        new SkippedTopic(new TopicName("__consumer_offsets"), SkipReason.INTERNAL),
                        new SkippedTopic(new TopicName("scratch.tmp"), SkipReason.EXCLUDED));
        assertThat(plan.groups()).containsExactly("billing");
        assertThat(plan.skippedGroups()).containsExactly("amazon.msk.canary.1");
        assertThat(plan.lanes()).extracting(PlannedLane::partitions).containsExactly(2, 3);
    }

    @Test
    void seedsFromTheLogStartToTheLastStableOffset() {
        ClusterInventory here = source(topic("orders", Map.of(), partitions(1, new OffsetSpan(2, 9, 7), 100)));

        assertThat(plan(here, target(), 1).lanes().lanes().get(0).partitions())
                .containsExactly(
                        new LanePartition(PartitionId.of("orders", 0), SourceOffset.of(2), SourceOffset.of(7), 100));
    }

    @Test
    void neverSeedsBackwardsWhenTheLogMovedBetweenTwoReads() {
        ClusterInventory here = source(topic("orders", Map.of(), partitions(1, new OffsetSpan(8, 9, 7), 100)));

        assertThat(plan(here, target(), 1)
                        .lanes()
                        .lanes()
                        .get(0)
                        .partitions()
                        .get(0)
                        .seedUntil())
                .isEqualTo(SourceOffset.of(8));
    }

    @Test
    void countsPartitionsOfUnknownSize() {
        PartitionInventory unknown = new PartitionInventory(0, 1, 2, 2, new OffsetSpan(0, 5, 5), null);

        assertThat(plan(source(topic("orders", Map.of(), List.of(unknown))), target(), 1)
                        .plan()
                        .totals()
                        .partitionsOfUnknownSize())
                .isEqualTo(1);
    }

    @Test
    void tellsHowMuchWasWrittenByTheMeanOfEachTopic() {
        ClusterInventory here = source(
                topic("orders", Map.of(), partitions(2, new OffsetSpan(0, 100, 100), 5_000)),
                topic("prices", Map.of(), partitions(1, new OffsetSpan(0, 10, 10), 700)));

        MigrationPlan plan = planner(1)
                .plan(new PlanInput(
                        here,
                        target(),
                        Reading.known(Map.of(new TopicName("orders"), 40L)),
                        Reading.known(List.of()),
                        Optional.empty(),
                        Optional.empty()))
                .plan();

        assertThat(plan.topics())
                .extracting(PlannedTopic::partitionBytes, PlannedTopic::records, PlannedTopic::recordsLastHour)
                .containsExactly(tuple(List.of(5_000L, 5_000L), 200L, 40L), tuple(List.of(700L), 10L, 0L));
        assertThat(plan.totals().recordsLastHour()).isEqualTo(40);
        assertThat(plan.totals().bytesLastHour()).isEqualTo(2_000);
    }

    @Test
    void waitsForAPartitionWithoutALeader() {
        PartitionInventory offline = new PartitionInventory(0, null, 2, 1, null, null);

        assertThatThrownBy(() -> plan(source(topic("orders", Map.of(), List.of(offline))), target(), 1))
                .isInstanceOf(TryAgain.class)
                .hasMessageContaining("partition orders/0 has no leader");
    }

    @Test
    void refusesASelectionThatLeavesNothing() {
        assertThatThrownBy(() -> plan(source(topic("scratch.tmp", 1)), target(), 1))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("left none of 1");
    }

    @Test
    void givesTheSamePlanForTheSameInput() {
        ClusterInventory here = source(topic("b", 5), topic("a", 3));
        ClusterInventory sameHere = source(topic("a", 3), topic("b", 5));

        assertThat(plan(sameHere, target(), 3)).isEqualTo(plan(here, target(), 3));
    }

    private static Planned plan(ClusterInventory here, ClusterInventory there, int workers) {
        return planner(workers).plan(here, there);
    }

    private static MigrationPlanner planner(int workers) {
        return new MigrationPlanner(new MigrationId("m"), Configurations.with(ALL, workers), Sha256.of(new byte[] {7}));
    }
}
