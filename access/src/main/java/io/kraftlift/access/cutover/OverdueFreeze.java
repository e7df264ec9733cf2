package io.kraftlift.access.cutover;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.migration.Phase;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The freeze as the guard sees it, which does not ask who began it and what became of them: where its deadline has passed and
 * it was neither committed nor released, producers are let go on. A freeze that is overdue cannot be committed any more, so
 * this takes nothing away from a cutover that is alive. Doing it twice does no harm.
 */
public final class OverdueFreeze {
    private final MigrationRun run;

    public OverdueFreeze(MigrationRun run) {
        this.run = run;
    }

    /**
     * What was seen and done.
     *
     * @param settled whether nothing is frozen that could be released
     * @param released whether producers were let go on now
     * @param lookAt when to look again; now, when settled
     */
    public record Outcome(boolean settled, boolean released, Instant lookAt) {}

    /**
     * Lets producers go on where it is time for it.
     *
     * @throws io.kraftlift.core.failures.OperatorActionNeeded FREEZE_REFUSED when the producers' side does not answer; then
     *     they may still be frozen
     */
    public Outcome settle() throws InterruptedException {
        Instant now = run.surroundings().clock().instant();
        Optional<Freeze> held = new FreezeObject(run).find().filter(Freeze::isHeld);
        if (held.isEmpty()) {
            return new Outcome(true, false, now);
        }
        Freeze freeze = held.get();
        if (now.isBefore(freeze.deadline())) {
            return new Outcome(false, false, freeze.deadline().plus(FreezeObject.GRACE));
        }
        boolean released;
        try {
            released = new ProducerRelease(run).release();
        } finally {
            new ControlObject(run).runOn();
            DrainWatch.startOver(run);
        }
        if (released) {
            run.journal()
                    .append(
                            Phase.TAIL,
                            "overdue freeze released",
                            Map.of(
                                    "attempt", Integer.toString(freeze.attempt()),
                                    "deadline", freeze.deadline().toString()));
        }
        return new Outcome(true, released, now);
    }
}
