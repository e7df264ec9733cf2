package io.kraftlift.core.groups;

import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has been carried over so far, by which it is seen what moved since.
 *
 * <p>Mutable, confined to one thread.
 */
public final class KnownPositions {
    private final Map<GroupId, Map<PartitionId, PositionReport>> known = new TreeMap<>();

    /** Takes up a group's newer reports in place of older ones of the same partitions. */
    public void learn(GroupId group, GroupReport report) {
        known.computeIfAbsent(group, g -> new TreeMap<>()).putAll(report.positions());
    }

    /** The positions that differ from what is known, by group; groups without any are left out. */
    public Map<GroupId, Map<PartitionId, CommittedPosition>> changedIn(
            Map<GroupId, Map<PartitionId, CommittedPosition>> now) {
        Map<GroupId, Map<PartitionId, CommittedPosition>> changed = new TreeMap<>();
        now.forEach((group, positions) -> positions.forEach((partition, position) -> {
            PositionReport before = known.getOrDefault(group, Map.of()).get(partition);
            if (before == null || !before.source().equals(position.offset())) {
                changed.computeIfAbsent(group, g -> new TreeMap<>()).put(partition, position);
            }
        }));
        return changed;
    }

    /** What this migration has committed on the target, by group. */
    public Map<GroupId, Map<PartitionId, TargetOffset>> ours() {
        Map<GroupId, Map<PartitionId, TargetOffset>> ours = new TreeMap<>();
        known.forEach((group, positions) -> positions.forEach((partition, report) -> {
            TargetOffset committed = report.committed();
            if (report.outcome().isCarriedOver() && committed != null) {
                ours.computeIfAbsent(group, g -> new TreeMap<>()).put(partition, committed);
            }
        }));
        return ours;
    }
}
