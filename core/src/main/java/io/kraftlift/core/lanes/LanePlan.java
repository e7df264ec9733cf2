package io.kraftlift.core.lanes;

import io.kraftlift.core.topics.PartitionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one lane copies. */
public record LanePlan(LaneId lane, List<LanePartition> partitions) {
    public LanePlan {
        partitions = List.copyOf(partitions);
    }

    /** The plan with those of the partitions behind it that it has not already. */
    public LanePlan with(Collection<LanePartition> more) {
        Set<PartitionId> present = new HashSet<>();
        partitions.forEach(partition -> present.add(partition.partition()));
        List<LanePartition> all = new ArrayList<>(partitions);
        more.stream().filter(partition -> present.add(partition.partition())).forEach(all::add);
        return new LanePlan(lane, all);
    }
}
