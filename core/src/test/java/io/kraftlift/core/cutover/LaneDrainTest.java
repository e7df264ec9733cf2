package io.kraftlift.core.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.Ended;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.lanes.TopicEnd;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LaneDrainTest {
    private static final LaneId LANE = new LaneId(1);
    private static final PartitionId ORDERS = PartitionId.of("orders", 0);
    private static final LanePlan PLAN =
            new LanePlan(LANE, List.of(new LanePartition(ORDERS, SourceOffset.of(0), SourceOffset.of(9), 0)));
    private static final Map<PartitionId, SourceOffset> ENDS = Map.of(ORDERS, SourceOffset.of(21));

    @Test
    void isCompleteAtTheEndWithItsMaps() {
        assertThat(LaneDrain.of(PLAN, checkpoint(21, 6, 6), ENDS).isComplete()).isTrue();
    }

    @Test
    void namesThePartitionThatIsBehind() {
        LaneDrain drain = LaneDrain.of(PLAN, checkpoint(20, 6, 6), ENDS);

        assertThat(drain.isComplete()).isFalse();
        assertThat(drain.missing()).containsExactly("orders/0 is at 20 of 21");
    }

    @Test
    void waitsForTheMaps() {
        LaneDrain drain = LaneDrain.of(PLAN, checkpoint(21, 6, 5), ENDS);

        assertThat(drain.isComplete()).isFalse();
        assertThat(drain.missing()).singleElement().asString().contains("segment 5 of 6");
    }

    @Test
    void tellsWhenARecordBeyondTheSentinelWasCopied() {
        LaneDrain drain = LaneDrain.of(PLAN, checkpoint(22, 6, 6), ENDS);

        assertThat(drain.isComplete()).isFalse();
        assertThat(drain.beyond()).containsExactly(ORDERS);
    }

    @Test
    void hasEverythingBeforeItWithoutACheckpoint() {
        assertThat(LaneDrain.of(PLAN, null, ENDS).missing()).hasSize(1);
    }

    @Test
    void refusesEndsThatForgetAPartition() {
        assertThatThrownBy(() -> LaneDrain.of(PLAN, checkpoint(21, 6, 6), Map.of()))
                .hasMessageContaining("orders/0 has no sentinel");
    }

    @Test
    void needsNoEndForAPartitionWhoseCopyIsOver() {
        Checkpoint ended = checkpoint(14, 6, 6, List.of(new Ended(ORDERS, TopicEnd.DELETED, SourceOffset.of(14))));

        assertThat(LaneDrain.of(PLAN, ended, Map.of()).isComplete()).isTrue();
    }

    private static Checkpoint checkpoint(long sourceNext, long segment, long mapsThrough) {
        return checkpoint(sourceNext, segment, mapsThrough, List.of());
    }

    private static Checkpoint checkpoint(long sourceNext, long segment, long mapsThrough, List<Ended> ended) {
        return new Checkpoint(
                Checkpoint.FORMAT,
                LANE,
                segment,
                mapsThrough,
                Map.of(
                        ORDERS,
                        new PartitionProgress(
                                SourceOffset.of(sourceNext), TargetOffset.of(17), 17, 400, Sha256.of(new byte[] {1}))),
                List.of(),
                ended);
    }
}
