package io.kraftlift.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.config.ByteSize;
import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.config.SeedSettings;
import io.kraftlift.core.config.TopicSelection;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.migration.Phase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimeEstimatorTest {
    private static final long GB = 1_000_000_000;

    @Test
    void theLargestLaneDecidesHowLongTheSeedTakes() {
        assertThat(seconds(Phase.SEED, null, 0L, 30 * GB, 6 * GB)).containsExactly(20L + 500, 120L + 2_000);
    }

    @Test
    void aLimitOverAllLanesMakesTheSeedLonger() {
        assertThat(seconds(Phase.SEED, ByteSize.mebibytes(1), 0L, 30 * GB, 6 * GB))
                .containsExactly(20L + 36 * GB / (1 << 20), 120L + 36 * GB / (1 << 20));
    }

    @Test
    void theTailCatchesUpWithWhatWasWrittenDuringTheSeed() {
        // 3.6 GB an hour are 1 MB/s; one lane of 60 MB/s has 520 MB to catch up with, at 59 MB/s net.
        assertThat(seconds(Phase.TAIL, null, 3_600_000_000L, 30 * GB)).startsWith(20L + 30 + 8);
    }

    @Test
    void aTailThatCannotCatchUpTakesTheWholeDrainTimeout() {
        assertThat(seconds(Phase.TAIL, ByteSize.mebibytes(1), 36 * GB, 30 * GB))
                .containsExactly(20L + 30 + 1_800, 120L + 30 + 1_800);
    }

    @Test
    void producersNeverStandStillLongerThanTheyMay() {
        assertThat(seconds(Phase.CUTOVER, null, 0L, GB)).containsExactly(2L, 60L);
    }

    @Test
    void everyPhaseThatWaitsForNobodyIsEstimatedInItsOrder() {
        assertThat(estimates(null, null, GB))
                .extracting(PhaseEstimate::phase)
                .containsExactly(
                        Phase.PRECHECK, Phase.TOPOLOGY_COPY, Phase.SEED, Phase.TAIL, Phase.CUTOVER, Phase.VALIDATING);
    }

    private static List<Long> seconds(Phase phase, @Nullable ByteSize limit, Long lastHour, long... lanes) {
        return estimates(limit, lastHour, lanes).stream()
                .filter(estimate -> estimate.phase() == phase)
                .flatMap(estimate -> List.of(estimate.lowSeconds(), estimate.highSeconds()).stream())
                .toList();
    }

    private static List<PhaseEstimate> estimates(@Nullable ByteSize limit, @Nullable Long lastHour, long... lanes) {
        List<PlannedLane> planned = new ArrayList<>();
        long all = 0;
        for (long bytes : lanes) {
            planned.add(new PlannedLane(new LaneId(planned.size()), 1, bytes));
            all += bytes;
        }
        PlanTotals totals = new PlanTotals(1, 1, lanes.length, lanes.length, all, 0, 10, lastHour, lastHour);
        return new TimeEstimator(limited(limit), totals, planned).estimates();
    }

    private static MigrationConfig limited(@Nullable ByteSize limit) {
        MigrationConfig config = Configurations.with(new TopicSelection(List.of(), List.of()), 1);
        return new MigrationConfig(
                config.source(),
                config.target(),
                config.topics(),
                config.backup(),
                config.evidence(),
                new SeedSettings(4, ByteSize.mebibytes(32), 1, limit),
                config.onConfigDrift(),
                config.cutover(),
                config.validation(),
                config.aclDrift());
    }
}
