package io.kraftlift.core.lanes;

import java.util.List;

/**
 * What a worker leaves behind when its run ends well, {@code results/<mode>-<lane>.json}.
 *
 * @param records records copied by the lane so far
 * @param bytes bytes of record batches copied by the lane so far
 * @param passedThrough batches whose bytes went through unchanged but for the header
 * @param rebuilt batches that had to be rebuilt from their records
 * @param seconds this run's wall time
 */
public record LaneResult(
        LaneId lane,
        ReplicationMode mode,
        long records,
        long bytes,
        long passedThrough,
        long rebuilt,
        double seconds,
        List<Gap> gaps) {
    public LaneResult {
        gaps = List.copyOf(gaps);
    }
}
