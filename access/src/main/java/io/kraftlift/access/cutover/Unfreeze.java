package io.kraftlift.access.cutover;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.stores.ObjectReference;
import java.time.Instant;
import java.util.Map;

/**
 * Gives a cutover up: producers go on, the tail goes on, nothing is removed. Sentinels of the attempt stay in the source and
 * are copied like any record. Doing it twice does no harm.
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
     */
    public record Report(Instant at, boolean released, Map<String, String> cause) {}

    /** Gives up because of {@code cause}. The tail is set to run even when the producers' side does not answer. */
    public StepReport giveUp(Cause cause) throws InterruptedException {
        Stopwatch watch = Stopwatch.start(run.surroundings().clock());
        new FreezeObject(run).requireNotCommitted("unfreezing");
        boolean released;
        try {
            released = new ProducerRelease(run).release();
        } finally {
            new ControlObject(run).runOn();
        }
        run.journal().append(Phase.TAIL, "unfreeze", cause.facts());
        ObjectReference report = run.write(
                run.objects().result("unfreeze"),
                new Report(run.surroundings().clock().instant(), released, cause.facts()));
        return new StepReport(report, watch.millis());
    }
}
