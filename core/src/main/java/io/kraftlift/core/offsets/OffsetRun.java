package io.kraftlift.core.offsets;

/**
 * Consecutive records whose source and target offsets differ by the same amount.
 *
 * @param source the first record's offset on the source
 * @param target the same record's offset on the target
 * @param count number of records, at least 1
 */
public record OffsetRun(SourceOffset source, TargetOffset target, long count) {
    public OffsetRun {
        if (count < 1) {
            throw new IllegalArgumentException(
                    "offset run at source " + source + ": count must be at least 1, was " + count);
        }
    }
}
