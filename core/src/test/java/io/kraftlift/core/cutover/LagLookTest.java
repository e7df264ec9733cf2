package io.kraftlift.core.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.LaneStatus;
import io.kraftlift.core.lanes.PartitionStatus;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LagLookTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final LaneId LANE = new LaneId(2);
    private static final PartitionId ORDERS = PartitionId.of("orders", 0);
    private static final PartitionId BILLS = PartitionId.of("bills", 1);
    private static final List<LanePlan> PLANS = List.of(new LanePlan(LANE, List.of(planned(ORDERS), planned(BILLS))));

    @Test
    void takesTheLargestLagOfAnyPartition() {
        LagLook look = LagLook.at(
                NOW, PLANS, Map.of(LANE, status(ReplicationMode.TAIL, NOW, Map.of(ORDERS, lag(3), BILLS, lag(40)))));

        assertThat(look.largestLag()).isEqualTo(40);
        assertThat(look.totalLag()).isEqualTo(43);
        assertThat(look.isWithin(40)).isTrue();
        assertThat(look.isWithin(39)).isFalse();
    }

    @Test
    void doesNotBelieveALaneThatHasBeenSilentForTenSeconds() {
        LagLook look = LagLook.at(
                NOW,
                PLANS,
                Map.of(
                        LANE,
                        status(ReplicationMode.TAIL, NOW.minusMillis(10_001), Map.of(ORDERS, lag(0), BILLS, lag(0)))));

        assertThat(look.isWithin(100)).isFalse();
        assertThat(look.obstacles()).singleElement().asString().contains("lane 2");
    }

    @Test
    void doesNotBelieveALaneThatSaysNothing() {
        assertThat(LagLook.at(NOW, PLANS, Map.of()).isWithin(100)).isFalse();
    }

    @Test
    void doesNotBelieveALaneThatStillSeeds() {
        LagLook look = LagLook.at(
                NOW, PLANS, Map.of(LANE, status(ReplicationMode.SEED, NOW, Map.of(ORDERS, lag(0), BILLS, lag(0)))));

        assertThat(look.isWithin(100)).isFalse();
    }

    @Test
    void doesNotBelieveALaneThatLeavesAPartitionOut() {
        LagLook look = LagLook.at(NOW, PLANS, Map.of(LANE, status(ReplicationMode.TAIL, NOW, Map.of(ORDERS, lag(0)))));

        assertThat(look.isWithin(100)).isFalse();
    }

    private static LanePartition planned(PartitionId partition) {
        return new LanePartition(partition, SourceOffset.of(0), SourceOffset.of(9), 0);
    }

    private static PartitionStatus lag(long lag) {
        return new PartitionStatus(SourceOffset.of(7), SourceOffset.of(7 + lag));
    }

    private static LaneStatus status(ReplicationMode mode, Instant at, Map<PartitionId, PartitionStatus> partitions) {
        return new LaneStatus(LANE, mode, at, 1, 10, 20, 1.5, 2.5, 0, 4, partitions, List.of());
    }
}
