package io.kraftlift.core.lanes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker leaves behind when its run ends well, {@code results/<mode>-<lane>.json}.
 *
 * @param records records copied by the lane so far
 * @param bytes bytes of record batches copied by the lane so far
 * @param passedThrough batches whose bytes went through unchanged but for the header
 * @param rebuilt batches that had to be rebuilt from their records
 * @param seconds this run's wall time
 * @param ended partitions whose topic is no more on the source; null when none
 */
public record LaneResult(
        LaneId lane,
        ReplicationMode mode,
        long records,
        long bytes,
        long passedThrough,
        long rebuilt,
        double seconds,
        List<Gap> gaps,
        @Nullable List<Ended> ended) {
    public LaneResult {
        gaps = List.copyOf(gaps);
        ended = ended == null ? null : List.copyOf(ended);
    }

    /** What will not be copied any further. */
    public List<Ended> endings() {
        return ended == null ? List.of() : ended;
    }
}
