package io.kraftlift.core.cutover;

import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a lane's checkpoint is from the ends of its partitions.
 *
 * @param missing what has not arrived, one phrase a partition; also that the offset maps lag behind
 * @param beyond partitions copied past their end, which only a record after the sentinel can cause
 */
public record LaneDrain(List<String> missing, List<PartitionId> beyond) {
    public LaneDrain {
        missing = List.copyOf(missing);
        beyond = List.copyOf(beyond);
    }

    /**
     * Compares a lane's checkpoint with the ends; a lane without a checkpoint has everything before it. A partition whose
     * copy has ended needs no end.
     */
    public static LaneDrain of(LanePlan plan, @Nullable Checkpoint checkpoint, Map<PartitionId, SourceOffset> ends) {
        List<String> missing = new ArrayList<>();
        List<PartitionId> beyond = new ArrayList<>();
        Set<PartitionId> ended = new HashSet<>();
        if (checkpoint != null) {
            checkpoint.ended().forEach(ending -> ended.add(ending.partition()));
        }
        for (LanePartition planned : plan.partitions()) {
            PartitionId partition = planned.partition();
            if (ended.contains(partition)) {
                continue;
            }
            SourceOffset end = Objects.requireNonNull(ends.get(partition), () -> partition + " has no sentinel");
            PartitionProgress progress =
                    checkpoint == null ? null : checkpoint.partitions().get(partition);
            if (progress == null) {
                missing.add(partition + " is not in the checkpoint, its end is " + end);
            } else if (progress.sourceNext().compareTo(end) < 0) {
                missing.add(partition + " is at " + progress.sourceNext() + " of " + end);
            } else if (progress.sourceNext().compareTo(end) > 0) {
                beyond.add(partition);
            }
        }
        if (missing.isEmpty() && checkpoint != null && checkpoint.mapsThrough() != checkpoint.segment()) {
            missing.add("lane " + plan.lane() + ": offset maps cover segment " + checkpoint.mapsThrough() + " of "
                    + checkpoint.segment());
        }
        return new LaneDrain(missing, beyond);
    }

    public boolean isComplete() {
        return missing.isEmpty() && beyond.isEmpty();
    }
}
