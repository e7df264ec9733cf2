package io.kraftlift.core.validation;

import io.kraftlift.core.config.ValidationMode;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of all five checks, {@code results/validation.json}.
 *
 * @param format 1
 * @param overall the worst of the checks
 * @param spotCheckRecords in FULL mode the outcome of {@code records}, with a note that says so
 * @param records only in FULL mode
 * @param sample only in SAMPLE mode
 */
public record ValidationReport(
        int format,
        Instant at,
        ValidationMode mode,
        Outcome overall,
        CheckResult topicParity,
        CheckResult countsAndOffsets,
        @Nullable CheckResult records,
        CheckResult spotCheckRecords,
        @Nullable Sampling sample,
        CheckResult sentinelPresence,
        CheckResult consumerGroupReconciliation) {
    public static final int FORMAT = 1;

    /**
     * Which records were compared.
     *
     * @param seed what the choice by chance was made from
     */
    public record Sampling(long seed, Map<PartitionId, List<SourceOffset>> offsets) {
        public Sampling {
            offsets = Collections.unmodifiableMap(new TreeMap<>(offsets));
        }
    }

    /** The checks of a run that compared every record. */
    public static ValidationReport full(
            Instant at, CheckResult parity, CheckResult counts, CheckResult records, CutoverChecks cutover) {
        return new ValidationReport(
                FORMAT,
                at,
                ValidationMode.FULL,
                worst(parity, counts, records, cutover),
                parity,
                counts,
                records,
                records.standingInFor(
                        CheckName.SPOT_CHECK_RECORDS,
                        "every record was compared, which includes any sample; see records"),
                null,
                cutover.sentinels(),
                cutover.groups());
    }

    /** The checks of a run that compared samples. */
    public static ValidationReport sampled(
            Instant at, CheckResult parity, CheckResult counts, SampleCheck sample, CutoverChecks cutover) {
        return new ValidationReport(
                FORMAT,
                at,
                ValidationMode.SAMPLE,
                worst(parity, counts, sample.result(), cutover),
                parity,
                counts,
                null,
                sample.result(),
                sample.sampling(),
                cutover.sentinels(),
                cutover.groups());
    }

    /** The check of samples, with which they were. */
    public record SampleCheck(CheckResult result, Sampling sampling) {}

    /** The two checks of what the cutover did. */
    public record CutoverChecks(CheckResult sentinels, CheckResult groups) {}

    private static Outcome worst(CheckResult parity, CheckResult counts, CheckResult records, CutoverChecks cutover) {
        return Outcome.worst(List.of(
                parity.outcome(),
                counts.outcome(),
                records.outcome(),
                cutover.sentinels().outcome(),
                cutover.groups().outcome()));
    }
}
