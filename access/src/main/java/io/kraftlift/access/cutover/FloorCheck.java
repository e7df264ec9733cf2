package io.kraftlift.access.cutover;

import io.kraftlift.access.groups.ParallelReads;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.cutover.CutoverReport;
import io.kraftlift.core.cutover.CutoverTimeline;
import io.kraftlift.core.cutover.DrainedReport;
import io.kraftlift.core.cutover.FloorLook;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.cutover.LogLook;
import io.kraftlift.core.cutover.LogMovement;
import io.kraftlift.core.cutover.SentinelsReport;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.groups.GroupsReport;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The last step of the frozen window. In this order: the source has the partitions that the lanes have and no other, it
 * still ends with the sentinels, the target holds the copy and nothing else; then the cutover is committed, by the move of the freeze that excludes a release; then the holds are
 * released, the tail is stopped, and READY_FOR_CLIENT_SWITCH is said. Repeated after the commit, it does the rest.
 */
public final class FloorCheck {
    private static final int NAMED_AT_MOST = 20;

    private final MigrationRun run;
    private final HoldRelease holds;

    public FloorCheck(MigrationRun run, HoldRelease holds) {
        this.run = run;
        this.holds = holds;
    }

    /**
     * Verifies and commits.
     *
     * @throws OperatorActionNeeded TOPOLOGY_CONFLICT when the source has partitions that no lane has or that have no
     *     sentinel, TOPIC_REMADE when it has another topic under a copied one's name, FREEZE_NOT_PROVEN when it does not
     *     end with the sentinels, DRAIN_TIMED_OUT past the deadline
     * @throws InvariantBroken OFFSET_FLOOR_BROKEN when the target's logs are not those of the checkpoints
     */
    public StepReport verify() throws InterruptedException {
        Stopwatch watch = Stopwatch.start(run.surroundings().clock());
        FreezeObject freezes = new FreezeObject(run);
        Freeze freeze = freezes.find().filter(Freeze::isCommitted).orElse(null);
        if (freeze == null) {
            Freeze proven = freezes.requireProven("verifying the offset floor");
            requireSteps(proven);
            verifyLogs(SentinelPublication.of(run, proven), Patience.within(proven, watch.now()));
            freeze = freezes.committed();
        }
        holds.releaseWriteHolds(run);
        new ControlObject(run).stop();
        CutoverReport report = kept(freeze).orElse(null);
        if (report == null) {
            report = reportOf(freeze, watch.now());
        }
        StepReport step = new StepReport(run.write(run.objects().result("cutover"), report), watch.millis());
        run.journal()
                .append(
                        Phase.AWAITING_CLIENT_SWITCH,
                        "READY_FOR_CLIENT_SWITCH",
                        Map.of(
                                "groups_translated", Integer.toString(report.groupsTranslated()),
                                "offsets_committed", Integer.toString(report.offsetsCommitted()),
                                "warnings", Integer.toString(report.warnings().size()),
                                "frozen_millis", Long.toString(report.frozenMillis())));
        return step;
    }

    /** The report of this very cutover, where it was written before: clients were told to switch then, and not now. */
    private Optional<CutoverReport> kept(Freeze freeze) {
        return run.find(run.objects().result("cutover"), CutoverReport.class)
                .filter(report -> report.attempt() == freeze.attempt());
    }

    private void verifyLogs(SentinelsReport sentinels, Duration patience) throws InterruptedException {
        PlannedLanes lanes = PlannedLanes.of(run);
        List<PartitionId> partitions = lanes.partitions();
        List<PartitionId> live;
        try (ParallelReads reads = new ParallelReads()) {
            lanes.coverage(reads, patience).require();
            live = lanes.live(reads);
        }
        requireSentinels(sentinels, live);
        LogOffsets target = new LogOffsets(run.target(), "target");
        LogOffsets source = new LogOffsets(run.source(), "source");
        LogOffsets.Pending starts = target.starts(partitions, patience);
        LogOffsets.Pending ends = target.ends(partitions, patience);
        LogOffsets.Pending sourceEnds = source.ends(live, patience);
        LogOffsets.Pending sourceStable = source.stableEnds(live, patience);
        Map<PartitionId, PartitionProgress> progress;
        try (ParallelReads reads = new ParallelReads()) {
            progress = lanes.progress(reads);
        }
        requireAll(partitions, progress);
        requireSentinelsLast(
                sentinels, new LogLook(run.surroundings().clock().instant(), sourceEnds.await(), sourceStable.await()));
        List<String> findings = new FloorLook(progress, starts.await(), ends.await()).findings();
        if (!findings.isEmpty()) {
            throw new InvariantBroken(
                    FailureName.OFFSET_FLOOR_BROKEN,
                    "target: must hold what was copied and nothing else, but " + findings.size() + " findings: "
                            + String.join(", ", findings.subList(0, Math.min(NAMED_AT_MOST, findings.size())))
                            + "; find out who else writes to or deletes from the target");
        }
    }

    private static void requireAll(List<PartitionId> partitions, Map<PartitionId, PartitionProgress> progress) {
        if (progress.size() != partitions.size()) {
            throw new InvariantBroken(
                    FailureName.OFFSET_FLOOR_BROKEN,
                    "checkpoints: must vouch for all " + partitions.size() + " planned partitions, did for "
                            + progress.size());
        }
    }

    /** What joined the plan after the sentinels were written is not complete. */
    private static void requireSentinels(SentinelsReport sentinels, List<PartitionId> live) {
        List<String> without = live.stream()
                .filter(partition -> !sentinels.sentinels().containsKey(partition))
                .map(PartitionId::toString)
                .toList();
        if (!without.isEmpty()) {
            throw new OperatorActionNeeded(
                    FailureName.TOPOLOGY_CONFLICT,
                    "source: every partition that is copied must end with a sentinel, but these joined the plan after the"
                            + " sentinels were written: "
                            + String.join(", ", without.subList(0, Math.min(NAMED_AT_MOST, without.size())))
                            + "; approve the cutover again");
        }
    }

    /** A record after a sentinel would never be copied. */
    private void requireSentinelsLast(SentinelsReport sentinels, LogLook now) throws InterruptedException {
        Map<PartitionId, Long> expected = new TreeMap<>();
        sentinels.ends().forEach((partition, end) -> expected.put(partition, end.value()));
        List<LogMovement> movements = now.movementSince(new LogLook(sentinels.publishedAt(), expected, expected));
        if (!movements.isEmpty()) {
            throw new OperatorActionNeeded(
                    FailureName.FREEZE_NOT_PROVEN,
                    "source: the sentinels must be the last records, but: " + FreezeProof.named(movements)
                            + new LastWriters(run.source()).sentence(movements)
                            + "; stop the producers of these topics, then approve the cutover again");
        }
    }

    /** Nothing is committed unless every step before was taken in this very freeze. */
    private void requireSteps(Freeze freeze) {
        if (drained().attempt() != freeze.attempt() || groups().attempt() != freeze.attempt()) {
            throw new InvariantBroken(
                    FailureName.DEFECT,
                    "verifying the offset floor: the copy must be drained and the offsets translated in attempt "
                            + freeze.attempt() + ", was " + drained().attempt() + " and " + groups().attempt());
        }
    }

    private DrainedReport drained() {
        return run.read(run.objects().result(DrainWait.NAME), DrainedReport.class);
    }

    private GroupsReport groups() {
        return run.read(run.objects().result(OffsetTranslation.NAME), GroupsReport.class);
    }

    private CutoverReport reportOf(Freeze freeze, Instant ready) {
        SentinelsReport sentinels = SentinelPublication.of(run, freeze);
        DrainedReport drained = drained();
        GroupsReport groups = groups();
        CutoverTimeline timeline = new CutoverTimeline(
                freeze.requestedAt(),
                Objects.requireNonNull(freeze.provenAt()),
                sentinels.startedAt(),
                sentinels.publishedAt(),
                drained.drainedAt(),
                groups.startedAt(),
                groups.finishedAt(),
                Objects.requireNonNull(freeze.endedAt()),
                ready);
        List<String> warnings = new ArrayList<>(groups.warnings());
        sentinels
                .withoutMarker()
                .forEach(partition -> warnings.add(partition
                        + ": ends with a record at source offset "
                        + sentinels.sentinels().get(partition)
                        + " and not with a marker, for its message format knows no transactions"));
        return new CutoverReport(
                freeze.attempt(),
                timeline,
                timeline.frozenMillis(),
                CutoverReport.partsOf(timeline),
                sentinels.sentinels().size(),
                groups.groupsTranslated(),
                groups.offsetsCommitted(),
                warnings);
    }
}
