package io.kraftlift.core.lanes;

import java.util.List;

/** What one lane copies. */
public record LanePlan(LaneId lane, List<LanePartition> partitions) {
    public LanePlan {
        partitions = List.copyOf(partitions);
    }
}
