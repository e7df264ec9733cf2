package io.kraftlift.core.cutover;

import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.topics.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The target's logs beside what the checkpoints say is in them.
 *
 * @param progress of every planned partition
 * @param starts the target's log starts
 * @param ends the target's log ends
 */
public record FloorLook(
        Map<PartitionId, PartitionProgress> progress, Map<PartitionId, Long> starts, Map<PartitionId, Long> ends) {
    public FloorLook {
        progress = Map.copyOf(progress);
        starts = Map.copyOf(starts);
        ends = Map.copyOf(ends);
    }

    /** What is wrong, one phrase a finding, in order of the partitions; empty when the target holds the copy and nothing else. */
    public List<String> findings() {
        List<String> findings = new ArrayList<>();
        new TreeMap<>(progress).forEach((partition, copied) -> {
            long copiedFrom = copied.targetNext().value() - copied.records();
            long start = Objects.requireNonNull(starts.get(partition));
            long end = Objects.requireNonNull(ends.get(partition));
            if (start > copiedFrom) {
                findings.add(partition + ": log start must be at most " + copiedFrom + ", was " + start);
            }
            if (end != copied.targetNext().value()) {
                findings.add(partition + ": log end must be " + copied.targetNext() + ", was " + end);
            }
        });
        return List.copyOf(findings);
    }
}
