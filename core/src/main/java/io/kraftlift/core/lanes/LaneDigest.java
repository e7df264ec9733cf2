package io.kraftlift.core.lanes;

import java.util.List;

/**
 * The full comparison of a lane, {@code results/digest-<lane>.json}.
 *
 * @param segment the checkpoint's segment: what the lane had copied when it was compared
 * @param seconds the read's wall time
 */
public record LaneDigest(LaneId lane, long segment, double seconds, List<PartitionDigest> partitions) {
    public LaneDigest {
        partitions = List.copyOf(partitions);
    }

    /** Whether every partition matches. */
    public boolean allMatch() {
        return partitions.stream().allMatch(PartitionDigest::matches);
    }
}
