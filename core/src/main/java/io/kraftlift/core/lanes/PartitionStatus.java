package io.kraftlift.core.lanes;

import io.kraftlift.core.offsets.SourceOffset;

/**
 * Where a partition stands between its source and its target.
 *
 * @param sourceNext the next source offset that is not yet durable on the target
 * @param sourceEnd the source's end offset as last heard (READ_COMMITTED: the last stable offset)
 */
public record PartitionStatus(SourceOffset sourceNext, SourceOffset sourceEnd) {
    /** Offsets still to copy, 0 or above. */
    public long lag() {
        return Math.max(0, sourceEnd.value() - sourceNext.value());
    }
}
