package io.kraftlift.access.cutover;

import io.kraftlift.access.groups.ParallelReads;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.cutover.DrainReadyReport;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.cutover.FreezeState;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Freezes the producers and proves it. */
public final class ProducerFreeze {
    /** Producers that were told to stop finish what they have in hand; more than this is not finishing. */
    private static final Duration LONGEST_PROOF = Duration.ofSeconds(10);

    private final MigrationRun run;

    public ProducerFreeze(MigrationRun run) {
        this.run = run;
    }

    /**
     * Writes the intent, asks the producers' side, and watches the source until it is still.
     *
     * @param beginBy until when the guard that releases an overdue freeze is sure to see this one
     * @throws OperatorActionNeeded FREEZE_REFUSED without a 2xx, FREEZE_NOT_PROVEN when somebody goes on writing or the
     *     approval was for a freeze that has ended or no guard waits, TOPOLOGY_CONFLICT when partitions joined after the approval, DRAIN_TIMED_OUT past the deadline, COMMIT_ALREADY_MADE after the cutover
     */
    public StepReport freeze(Instant beginBy) throws InterruptedException {
        Stopwatch watch = Stopwatch.start(run.surroundings().clock());
        requireGuarded(beginBy);
        FreezeObject object = new FreezeObject(run);
        requireUnusedApproval(object);
        ProducersSide producers = ProducersSide.of(run);
        PlannedLanes lanes = PlannedLanes.of(run);
        requireApproved(lanes);
        List<PartitionId> live;
        try (ParallelReads reads = new ParallelReads()) {
            live = lanes.live(reads);
        }
        Duration longest = run.config().cutover().maxProducerFreeze();
        Freeze freeze = object.request(longest);
        run.journal()
                .append(
                        Phase.CUTOVER,
                        "freeze",
                        Map.of(
                                "attempt", Integer.toString(freeze.attempt()),
                                "deadline", freeze.deadline().toString()));
        requireGuarded(beginBy);
        producers.freeze(freeze);
        requireStillWanted(object, freeze, producers);
        new FreezeProof(run.source(), run.surroundings()).require(live, longestProof(longest));
        Freeze proven = object.proven();
        return new StepReport(object.referenceTo(proven), watch.millis());
    }

    /** Who gave the freeze up while the producers' side was being asked had them go on, perhaps before they were stopped. */
    private static void requireStillWanted(FreezeObject object, Freeze asked, ProducersSide producers)
            throws InterruptedException {
        Freeze now = object.find().orElse(asked);
        if (now.attempt() == asked.attempt()
                && (now.state() == FreezeState.RELEASING || now.state() == FreezeState.RELEASED)) {
            producers.unfreezeAgain(asked);
            throw new OperatorActionNeeded(
                    FailureName.FREEZE_NOT_PROVEN,
                    "freezing producers: the freeze of attempt " + asked.attempt()
                            + " was given up while the producers' side was asked for it; it was told once more to let them"
                            + " go on, approve the cutover again");
        }
    }

    /** A step that was late, or was redriven long after, would freeze producers whom nobody lets go on if it dies. */
    private void requireGuarded(Instant beginBy) {
        Instant now = run.surroundings().clock().instant();
        if (now.isAfter(beginBy)) {
            throw new OperatorActionNeeded(
                    FailureName.FREEZE_NOT_PROVEN,
                    "freezing producers: must begin by " + beginBy
                            + ", while the guard waits that ends an overdue freeze," + " was " + now
                            + "; nobody was asked to freeze, approve the cutover again");
        }
    }

    /**
     * An approval is for one freeze. After a release a new one is given on a drain-ready report of later; without it, this is
     * an execution that was stopped and redriven here, whose tail has only just begun to catch up.
     */
    private void requireUnusedApproval(FreezeObject object) {
        Instant released = object.find()
                .filter(freeze -> freeze.state() == FreezeState.RELEASED)
                .map(Freeze::endedAt)
                .orElse(Instant.MIN);
        run.find(run.objects().result("drain-ready"), DrainReadyReport.class)
                .filter(report -> report.at().isBefore(released))
                .ifPresent(report -> {
                    throw new OperatorActionNeeded(
                            FailureName.FREEZE_NOT_PROVEN,
                            "freezing producers: the approval must be on a drain-ready report of after the last release at "
                                    + released + ", was on that of " + report.at()
                                    + "; nobody was asked to freeze, approve the cutover again");
                });
    }

    /** The report that was approved names the plan's extensions; what joined since was not before the approver's eyes. */
    private void requireApproved(PlannedLanes lanes) {
        long approved = run.find(run.objects().result("drain-ready"), DrainReadyReport.class)
                .map(DrainReadyReport::planExtensions)
                .orElse(lanes.extensions());
        if (approved != lanes.extensions()) {
            throw new OperatorActionNeeded(
                    FailureName.TOPOLOGY_CONFLICT,
                    "freezing producers: the approval must be on a drain-ready report of the plan as it is, with "
                            + lanes.extensions() + " extensions, was on one with " + approved
                            + "; nobody was asked to freeze, approve the cutover again");
        }
    }

    private static Duration longestProof(Duration longestFreeze) {
        Duration half = longestFreeze.dividedBy(2);
        return half.compareTo(LONGEST_PROOF) < 0 ? half : LONGEST_PROOF;
    }
}
