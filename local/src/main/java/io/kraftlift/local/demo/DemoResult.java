package io.kraftlift.local.demo;

import io.kraftlift.core.cutover.CutoverReport;
import io.kraftlift.core.groups.GroupsReport;
import io.kraftlift.core.validation.ValidationReport;
import io.kraftlift.local.workload.DemoContents;
import io.kraftlift.local.workload.LiveTally;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a demo run came to.
 *
 * @param status the execution's: SUCCEEDED, FAILED, TIMED_OUT or ABORTED
 * @param phase the last phase: finalized, rolled_back or failed
 * @param error why the execution did not succeed; null when it did
 * @param records records on the target, copied by all lanes
 * @param bytes bytes of record batches on the target
 * @param evidence null when none was sealed
 * @param evidenceGenuine whether the evidence file verifies
 * @param liveAcknowledged records that the live producer's brokers acknowledged
 * @param liveMissing of these, how many the live consumer did not see
 */
public record DemoResult(
        String status,
        String phase,
        @Nullable String error,
        DemoContents contents,
        long records,
        long bytes,
        List<DemoProgress.EnteredPhase> phases,
        Instant startedAt,
        Instant endedAt,
        @Nullable CutoverReport cutover,
        @Nullable GroupsReport groups,
        @Nullable ValidationReport validation,
        @Nullable URI evidence,
        @Nullable URI report,
        boolean evidenceGenuine,
        @Nullable String keyId,
        long liveAcknowledged,
        long liveMissing,
        LiveTally.Counts liveTally) {
    public DemoResult {
        phases = List.copyOf(phases);
    }

    /** Records that the live consumer saw more than once. */
    public long liveDuplicates() {
        return liveTally.partitions().values().stream()
                .mapToLong(LiveTally.PartitionCounts::duplicates)
                .sum();
    }

    /** Whether everything is as promised: migrated, every check passed, the proof genuine, live traffic seen exactly once. */
    public boolean isGood() {
        return "SUCCEEDED".equals(status)
                && validation != null
                && validation.overall() == io.kraftlift.core.validation.Outcome.PASSED
                && evidenceGenuine
                && liveMissing == 0
                && liveDuplicates() == 0;
    }
}
