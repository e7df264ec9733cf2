package io.kraftlift.access.cutover;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.migration.Phase;
import java.time.Duration;
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
     * @throws OperatorActionNeeded FREEZE_REFUSED without a 2xx, FREEZE_NOT_PROVEN when somebody goes on writing,
     *     DRAIN_TIMED_OUT past the deadline, COMMIT_ALREADY_MADE after the cutover
     */
    public StepReport freeze() throws InterruptedException {
        Stopwatch watch = Stopwatch.start(run.surroundings().clock());
        ProducersSide producers = ProducersSide.of(run);
        PlannedLanes lanes = PlannedLanes.of(run);
        FreezeObject object = new FreezeObject(run);
        Duration longest = run.config().cutover().maxProducerFreeze();
        Freeze freeze = object.request(longest);
        run.journal()
                .append(
                        Phase.CUTOVER,
                        "freeze",
                        Map.of(
                                "attempt", Integer.toString(freeze.attempt()),
                                "deadline", freeze.deadline().toString()));
        producers.freeze(freeze);
        new FreezeProof(run.source(), run.surroundings()).require(lanes.partitions(), longestProof(longest));
        Freeze proven = object.proven();
        return new StepReport(object.referenceTo(proven), watch.millis());
    }

    private static Duration longestProof(Duration longestFreeze) {
        Duration half = longestFreeze.dividedBy(2);
        return half.compareTo(LONGEST_PROOF) < 0 ? half : LONGEST_PROOF;
    }
}
