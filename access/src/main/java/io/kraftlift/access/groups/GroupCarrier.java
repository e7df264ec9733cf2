package io.kraftlift.access.groups;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.groups.CommitDecision;
import io.kraftlift.core.groups.CommitPlanner;
import io.kraftlift.core.groups.GroupId;
import io.kraftlift.core.groups.GroupReport;
import io.kraftlift.core.groups.PositionReport;
import io.kraftlift.core.groups.TargetGroup;
import io.kraftlift.core.groups.TranslatedPosition;
import io.kraftlift.core.groups.TranslatedPosition.Found;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Brings translated positions to the target: plans, commits, reads back. Doing it twice does no harm. */
public final class GroupCarrier {
    private final TargetGroups target;
    private final CommitPlanner planner;

    public GroupCarrier(TargetGroups target, CommitPlanner planner) {
        this.target = target;
        this.planner = planner;
    }

    /**
     * Carries groups over.
     *
     * @param ours what this migration committed on the target before
     * @param timeout of each of the requests
     * @throws InvariantBroken FOREIGN_WRITER when the target answers something else than what was committed
     */
    public Map<GroupId, GroupReport> carry(
            Map<GroupId, Map<PartitionId, TranslatedPosition>> translated,
            Map<GroupId, Map<PartitionId, TargetOffset>> ours,
            Duration timeout)
            throws InterruptedException {
        Map<GroupId, TargetGroup> onTarget = target.read(translated.keySet(), timeout);
        Map<GroupId, Map<PartitionId, CommitDecision>> decisions = new TreeMap<>();
        translated.forEach((group, positions) -> decisions.put(
                group,
                planner.plan(
                        positions,
                        onTarget.getOrDefault(group, TargetGroup.ABSENT),
                        ours.getOrDefault(group, Map.of()))));
        for (GroupId active : target.commit(commitsOf(decisions), timeout)) {
            TargetGroup itsOwn = new TargetGroup(true, Map.of());
            decisions.put(active, planner.plan(Objects.requireNonNull(translated.get(active)), itsOwn, Map.of()));
        }
        requireReadBack(decisions, timeout);
        Map<GroupId, GroupReport> reports = new TreeMap<>();
        decisions.forEach((group, positions) -> reports.put(group, reportOf(positions)));
        return reports;
    }

    private static Map<GroupId, Map<PartitionId, Found>> commitsOf(
            Map<GroupId, Map<PartitionId, CommitDecision>> decisions) {
        Map<GroupId, Map<PartitionId, Found>> commits = new TreeMap<>();
        decisions.forEach((group, positions) -> {
            Map<PartitionId, Found> found = new HashMap<>();
            positions.forEach(
                    (partition, decision) -> decision.toCommit().ifPresent(position -> found.put(partition, position)));
            if (!found.isEmpty()) {
                commits.put(group, found);
            }
        });
        return commits;
    }

    private void requireReadBack(Map<GroupId, Map<PartitionId, CommitDecision>> decisions, Duration timeout)
            throws InterruptedException {
        Map<GroupId, Map<PartitionId, TargetOffset>> expected = new TreeMap<>();
        decisions.forEach((group, positions) -> positions.forEach((partition, decision) -> decision.expected()
                .ifPresent(offset ->
                        expected.computeIfAbsent(group, g -> new TreeMap<>()).put(partition, offset))));
        Map<GroupId, Map<PartitionId, TargetOffset>> there = target.committed(expected.keySet(), timeout);
        expected.forEach((group, offsets) -> offsets.forEach((partition, offset) -> {
            TargetOffset read = there.getOrDefault(group, Map.of()).get(partition);
            if (!offset.equals(read)) {
                throw new InvariantBroken(
                        FailureName.FOREIGN_WRITER,
                        "target: group " + group + ", " + partition + ": must read back " + offset + ", was " + read
                                + "; somebody else commits for this group");
            }
        }));
    }

    private static GroupReport reportOf(Map<PartitionId, CommitDecision> decisions) {
        Map<PartitionId, PositionReport> positions = new TreeMap<>();
        decisions.forEach((partition, decision) -> positions.put(partition, decision.report()));
        return new GroupReport(positions);
    }
}
