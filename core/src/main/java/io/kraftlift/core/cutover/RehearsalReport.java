package io.kraftlift.core.cutover;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The cutover without freeze and commit, {@code results/rehearsal.json}.
 *
 * @param predictedFrozenMillis the sum of the parts
 * @param partMillis measured, or for what cannot be measured without freezing, estimated
 * @param allowedMillis {@code cutover.max_producer_freeze}
 * @param untranslated positions that the copy cannot translate yet because it is behind; it is not at the cutover
 * @param warnings each names group, partition and offset
 */
public record RehearsalReport(
        Instant at,
        long predictedFrozenMillis,
        Map<String, Long> partMillis,
        long allowedMillis,
        int partitions,
        int groups,
        int positions,
        int untranslated,
        List<String> warnings) {
    public RehearsalReport {
        partMillis = Map.copyOf(partMillis);
        warnings = List.copyOf(warnings);
    }
}
