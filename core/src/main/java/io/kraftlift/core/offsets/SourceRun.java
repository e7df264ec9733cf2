package io.kraftlift.core.offsets;

/**
 * Consecutive records of a source partition.
 *
 * @param first the first record's offset
 * @param count number of records, at least 1
 */
public record SourceRun(SourceOffset first, int count) {
    public SourceRun {
        if (count < 1) {
            throw new IllegalArgumentException("source run at " + first + ": count must be at least 1, was " + count);
        }
    }

    /** The offset after the last record. */
    public long end() {
        return first.value() + count;
    }
}
