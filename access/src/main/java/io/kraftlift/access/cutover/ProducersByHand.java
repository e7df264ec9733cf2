package io.kraftlift.access.cutover;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.cutover.ReleaseByHand;
import io.kraftlift.core.migration.Phase;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Producers that a person stops, who has said so at a gate before. Such a person cannot be called: what is to be done is
 * written down, in the journal and in an object that the status shows and whose writing a notice follows.
 */
final class ProducersByHand implements ProducersSide {
    private final MigrationRun run;

    ProducersByHand(MigrationRun run) {
        this.run = run;
    }

    /** They stand still already; the proof comes next. */
    @Override
    public void freeze(Freeze freeze) {}

    @Override
    public void unfreeze(Freeze freeze) {
        tell(freeze.attempt());
    }

    @Override
    public void unfreezeAgain(Freeze freeze) {
        unfreeze(freeze);
    }

    @Override
    public void releaseWithoutFreeze() {
        tell(null);
    }

    private void tell(@Nullable Integer attempt) {
        run.write(
                run.objects().result(ReleaseByHand.NAME),
                new ReleaseByHand(run.surroundings().clock().instant(), attempt));
        run.journal()
                .append(
                        Phase.TAIL,
                        "producers are to be let go on by hand",
                        attempt == null ? Map.of() : Map.of("attempt", Integer.toString(attempt)));
    }
}
