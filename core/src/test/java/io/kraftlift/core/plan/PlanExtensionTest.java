package io.kraftlift.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.LanePlans;
import io.kraftlift.core.lanes.PlanExtension;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlanExtensionTest {
    private static final LanePlan HEAVY = new LanePlan(new LaneId(0), List.of(partition("orders", 0, 9_000_000)));
    private static final LanePlan LIGHT = new LanePlan(new LaneId(1), List.of(partition("bills", 0, 1_000_000)));
    private static final LanePlans LANES = new LanePlans(List.of(HEAVY, LIGHT));

    @Test
    void givesWhatCameToTheLanesThatHaveTheLeastToDo() {
        List<LanePartition> came = List.of(
                partition("refunds", 0, 1_000_000), partition("orders", 1, 7_500_000), partition("orders", 2, 500_000));

        List<LanePlan> given = LaneBalancer.extend(LANES.lanes(), came);

        assertThat(given)
                .containsExactly(
                        new LanePlan(HEAVY.lane(), List.of(partition("orders", 2, 500_000))),
                        new LanePlan(
                                LIGHT.lane(),
                                List.of(partition("orders", 1, 7_500_000), partition("refunds", 0, 1_000_000))));
    }

    @Test
    void addsBehindWhatALaneHasAndNothingTwice() {
        PlanExtension extension = new PlanExtension(
                1,
                0,
                Instant.EPOCH,
                List.of(new LanePlan(LIGHT.lane(), List.of(partition("bills", 0, 5), partition("bills", 1, 6)))));

        LanePlans extended = LANES.with(extension).with(extension);

        assertThat(extended.lanes())
                .containsExactly(
                        HEAVY,
                        new LanePlan(
                                LIGHT.lane(), List.of(partition("bills", 0, 1_000_000), partition("bills", 1, 6))));
    }

    private static LanePartition partition(String topic, int index, long bytes) {
        return new LanePartition(PartitionId.of(topic, index), SourceOffset.of(0), SourceOffset.of(3), bytes);
    }
}
