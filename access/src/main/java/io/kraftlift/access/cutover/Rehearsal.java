package io.kraftlift.access.cutover;

import io.kraftlift.access.groups.OffsetMaps;
import io.kraftlift.access.groups.ParallelReads;
import io.kraftlift.access.groups.PartitionCopies;
import io.kraftlift.access.groups.SourceGroups;
import io.kraftlift.access.groups.SourceSnapshot;
import io.kraftlift.access.groups.TargetGroups;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.cutover.RehearsalReport;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.groups.CommitPlanner;
import io.kraftlift.core.groups.CommitRule;
import io.kraftlift.core.groups.GroupId;
import io.kraftlift.core.groups.GroupReport;
import io.kraftlift.core.groups.KnownPositions;
import io.kraftlift.core.groups.PartitionCopy;
import io.kraftlift.core.groups.PositionKind;
import io.kraftlift.core.groups.PositionReport;
import io.kraftlift.core.groups.TargetGroup;
import io.kraftlift.core.groups.TranslatedPosition;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cutover without freeze, sentinels and commit: every request that changes no log and no group is made and measured, so
 * that the clients are connected and what would fail in the frozen window fails now.
 */
public final class Rehearsal {
    /** For a request that the producers' side answers at once; what stopping producers takes, only they know. */
    private static final long WEBHOOK_MILLIS = 200;

    /** A worker sees DRAIN, copies the sentinels through a segment, and writes maps and checkpoint. */
    private static final long DRAIN_MILLIS = 1_000;

    private final MigrationRun run;
    private final OffsetMaps maps;

    public Rehearsal(MigrationRun run, OffsetMaps maps) {
        this.run = run;
        this.maps = maps;
    }

    /**
     * Rehearses.
     *
     * @throws OperatorActionNeeded CONFIGURATION_WRONG when the freeze would last longer than allowed; TOPOLOGY_CONFLICT when the source has partitions that no lane has, or lacks one that a lane copies;
     *     TOPIC_REMADE when it has another topic under a copied one's name
     */
    public StepReport rehearse() throws InterruptedException {
        Stopwatch watch = Stopwatch.start(run.surroundings().clock());
        PlannedLanes lanes = PlannedLanes.of(run);
        List<PartitionId> partitions = lanes.partitions();
        List<PartitionId> live;
        try (ParallelReads reads = new ParallelReads()) {
            lanes.coverage(reads, Patience.UNHURRIED).require();
            live = lanes.live(reads);
        }
        Map<String, Long> parts = new LinkedHashMap<>();
        FreezeProof proof = new FreezeProof(run.source(), run.surroundings());
        proof.look(live, Patience.UNHURRIED);

        Stopwatch looking = Stopwatch.start(run.surroundings().clock());
        Map<PartitionId, Long> ends = proof.look(live, Patience.UNHURRIED).ends();
        long lookMillis = looking.millis();
        parts.put("freeze", WEBHOOK_MILLIS + FreezeProof.WINDOW.toMillis() + 2 * lookMillis);

        Stopwatch connecting = Stopwatch.start(run.surroundings().clock());
        try (ParallelReads threads = new ParallelReads();
                SentinelPublisher publisher = SentinelPublisher.of(run, Patience.UNHURRIED)) {
            publisher.warm(threads, live);
        }
        parts.put("sentinels", connecting.millis() + lookMillis);
        parts.put("drain", DRAIN_MILLIS);

        Positions positions = translate(ends);
        parts.put("groups", positions.millis());

        Stopwatch floor = Stopwatch.start(run.surroundings().clock());
        LogOffsets target = new LogOffsets(run.target(), "target");
        LogOffsets.Pending starts = target.starts(partitions, Patience.UNHURRIED);
        target.ends(partitions, Patience.UNHURRIED).await();
        starts.await();
        try (ParallelReads reads = new ParallelReads()) {
            lanes.coverage(reads, Patience.UNHURRIED).require();
        }
        parts.put("floor", floor.millis());

        RehearsalReport report = reportOf(watch, parts, live.size(), positions);
        StepReport step = new StepReport(run.write(run.objects().result("rehearsal"), report), watch.millis());
        if (report.predictedFrozenMillis() > report.allowedMillis()) {
            throw new OperatorActionNeeded(
                    FailureName.CONFIGURATION_WRONG,
                    "cutover.max_producer_freeze: must be above the predicted " + report.predictedFrozenMillis()
                            + " ms, was " + report.allowedMillis() + " ms; raise it, then approve the cutover again");
        }
        return step;
    }

    /** What the groups would come to now. */
    private record Positions(Map<GroupId, GroupReport> groups, long millis) {
        long count(PositionKind kind) {
            return all().stream().filter(position -> position.kind() == kind).count();
        }

        List<PositionReport> all() {
            return groups.values().stream()
                    .flatMap(group -> group.positions().values().stream())
                    .toList();
        }

        List<String> warnings() {
            List<String> warnings = new ArrayList<>();
            groups.forEach((group, report) -> warnings.addAll(report.warnings(group)));
            return warnings;
        }
    }

    private Positions translate(Map<PartitionId, Long> ends) throws InterruptedException {
        Stopwatch watch = Stopwatch.start(run.surroundings().clock());
        SourceSnapshot snapshot = new SourceGroups(run.source()).snapshot(Patience.UNHURRIED);
        Map<PartitionId, SourceOffset> sourceEnds = new TreeMap<>();
        ends.forEach((partition, end) -> sourceEnds.put(partition, SourceOffset.of(end)));
        Map<PartitionId, PartitionCopy> copies;
        try (ParallelReads reads = new ParallelReads()) {
            Map<PartitionId, SourceOffset> durable =
                    PlannedLanes.durableTo(PlannedLanes.of(run).progress(reads));
            copies = new PartitionCopies(maps, durable, sourceEnds)
                    .read(reads, OffsetTranslation.partitionsOf(snapshot.positions()));
        }
        Map<GroupId, Map<PartitionId, TranslatedPosition>> translated =
                OffsetTranslation.translated(snapshot.positions(), copies);
        Stopwatch reading = Stopwatch.start(run.surroundings().clock());
        Map<GroupId, TargetGroup> onTarget =
                new TargetGroups(run.target()).read(translated.keySet(), Patience.UNHURRIED);
        // Committing and reading back are a request to each group's coordinator each, as reading was.
        Duration commitAndReadBack = Duration.ofMillis(2 * reading.millis());
        KnownPositions known = OffsetTranslation.known(run);
        CommitPlanner planner = new CommitPlanner(CommitRule.CUTOVER);
        Map<GroupId, GroupReport> groups = new TreeMap<>();
        translated.forEach((group, positions) -> {
            Map<PartitionId, PositionReport> reports = new TreeMap<>();
            planner.plan(
                            positions,
                            onTarget.getOrDefault(group, TargetGroup.ABSENT),
                            known.ours().getOrDefault(group, Map.of()))
                    .forEach((partition, decision) -> reports.put(partition, decision.report()));
            groups.put(group, new GroupReport(reports));
        });
        return new Positions(groups, watch.millis() + commitAndReadBack.toMillis());
    }

    private RehearsalReport reportOf(Stopwatch watch, Map<String, Long> parts, int partitions, Positions positions) {
        return new RehearsalReport(
                watch.startedAt(),
                parts.values().stream().mapToLong(Long::longValue).sum(),
                parts,
                run.config().cutover().maxProducerFreeze().toMillis(),
                partitions,
                positions.groups().size(),
                positions.all().size(),
                Math.toIntExact(positions.count(PositionKind.UNKNOWN)),
                positions.warnings());
    }
}
