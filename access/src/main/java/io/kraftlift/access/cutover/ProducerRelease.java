package io.kraftlift.access.cutover;

import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.migration.Phase;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets the producers go on after a cutover that was given up. First the freeze is moved out of reach of a commit, then the
 * producers' side is called, then that is noted down; repeated, it does what is left.
 */
final class ProducerRelease {
    private static final String APPROVED = "APPROVE";
    private static final Set<Phase> BEFORE_A_FREEZE = Set.of(Phase.DRAIN_READY, Phase.CUTOVER);

    private final MigrationRun run;
    private final FreezeObject freezes;

    ProducerRelease(MigrationRun run) {
        this.run = run;
        this.freezes = new FreezeObject(run);
    }

    /**
     * Lets producers go on where they may be frozen.
     *
     * @return whether there was something to let go
     * @throws OperatorActionNeeded COMMIT_ALREADY_MADE after the cutover, FREEZE_REFUSED when the producers' side does not
     *     answer; then producers may still be frozen
     */
    boolean release() throws InterruptedException {
        Optional<Freeze> freeze = freezes.find();
        if (freeze.isEmpty()) {
            return false;
        }
        freezes.requireNotCommitted("releasing the producers");
        if (!freeze.get().isHeld()) {
            return false;
        }
        Freeze releasing = freezes.releasing();
        if (!releasing.isHeld()) {
            return false;
        }
        ProducersSide.of(run).unfreeze(releasing);
        freezes.released(releasing.attempt());
        return true;
    }

    /**
     * The same for who does not know how far a cutover came: from its approval on, before a freeze was begun, a person may
     * have stopped the producers, and is told to let them go on.
     */
    boolean releaseOrTell() throws InterruptedException {
        boolean released = release();
        if (!released && mayHaveStoppedProducers()) {
            ProducersSide.of(run).releaseWithoutFreeze();
        }
        return released;
    }

    private boolean mayHaveStoppedProducers() {
        List<JournalEntry> entries = run.journal().entries();
        return !entries.isEmpty()
                && BEFORE_A_FREEZE.contains(entries.get(entries.size() - 1).to())
                && entries.stream()
                        .flatMap(entry -> Optional.ofNullable(entry.facts().get("decision")).stream())
                        .reduce((earlier, later) -> later)
                        .filter(APPROVED::equals)
                        .isPresent();
    }
}
