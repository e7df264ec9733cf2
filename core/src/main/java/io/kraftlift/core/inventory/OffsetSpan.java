package io.kraftlift.core.inventory;

/**
 * Where a partition's log begins and ends.
 *
 * @param start the first offset that is still there
 * @param end the high watermark, exclusive: the end for a reader of uncommitted records
 * @param lastStable the last stable offset, exclusive: the end for a reader of committed records; at most {@code end}
 *     when both were read at once, but they are read one after the other
 */
public record OffsetSpan(long start, long end, long lastStable) {
    public OffsetSpan {
        if (start < 0 || end < 0 || lastStable < 0) {
            throw new IllegalArgumentException(
                    "offset span: must be 0 or above, was " + start + ", " + end + ", " + lastStable);
        }
    }
}
