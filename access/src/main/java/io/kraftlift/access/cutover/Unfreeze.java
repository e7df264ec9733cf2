package io.kraftlift.access.cutover;

import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.migration.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Gives a cutover up: producers go on, the tail goes on, nothing is removed. Sentinels of the attempt stay in the source and
 * are copied like any record. A cutover that was committed is not given up: what failed came after it, and is to be finished.
 * Doing it twice does no harm.
 */
public final class Unfreeze {
    private final MigrationRun run;

    public Unfreeze(MigrationRun run) {
        this.run = run;
    }

    /**
     * What was given up, {@code results/unfreeze.json}.
     *
     * @param released whether this call let producers go on
     * @param committed whether the cutover holds, so that nothing was given up
     */
    public record Report(Instant at, boolean released, boolean committed, Map<String, String> cause) {}

    /** Gives up because of {@code cause}. The tail is set to run even when the producers' side does not answer. */
    public Report giveUp(Cause cause) throws InterruptedException {
        boolean committed =
                new FreezeObject(run).find().filter(Freeze::isCommitted).isPresent();
        boolean released = false;
        if (!committed) {
            try {
                released = new ProducerRelease(run).release();
                if (!released) {
                    ProducersSide.of(run).releaseWithoutFreeze();
                }
            } finally {
                new ControlObject(run).runOn();
                DrainWatch.startOver(run);
            }
            run.journal().append(phase(), "unfreeze", cause.facts());
        }
        Report report = new Report(run.surroundings().clock().instant(), released, committed, cause.facts());
        run.write(run.objects().result("unfreeze"), report);
        return report;
    }

    /** The tail's, or that of an execution that took the migration over and has not planned yet. */
    private Phase phase() {
        List<JournalEntry> entries = run.journal().entries();
        boolean claimed = !entries.isEmpty() && entries.get(entries.size() - 1).to() == Phase.PLANNED;
        return claimed ? Phase.PLANNED : Phase.TAIL;
    }
}
