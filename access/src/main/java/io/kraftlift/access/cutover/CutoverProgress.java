package io.kraftlift.access.cutover;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import java.util.Optional;

/** How far a migration's cutover is; what comes back from it and what does not. */
public enum CutoverProgress {
    /** Producers belong to the source, and the migration can be given up. */
    NOT_COMMITTED,
    /** The copy has ended, the groups are on the target, and clients are being switched. */
    COMMITTED,
    /** The switch is acknowledged: what is left is to validate. */
    SWITCHED;

    /** The decision's object is written when the gate has accepted it. */
    private static final String ACKNOWLEDGED = "client-switch-decision";

    public static CutoverProgress of(MigrationRun run) {
        if (commit(run).isEmpty()) {
            return NOT_COMMITTED;
        }
        return run.find(run.objects().gate(ACKNOWLEDGED), JsonNode.class).isPresent() ? SWITCHED : COMMITTED;
    }

    /**
     * Lets a step go on that gives the whole migration up.
     *
     * @throws OperatorActionNeeded COMMIT_ALREADY_MADE, with the way back explained
     */
    public static void requireNotCommitted(MigrationRun run, String step) {
        commit(run).ifPresent(freeze -> {
            throw new OperatorActionNeeded(
                    FailureName.COMMIT_ALREADY_MADE,
                    step + ": the cutover of attempt " + freeze.attempt() + " was committed at " + freeze.endedAt()
                            + ", so producers must not write to the source again: the copy has ended and their records"
                            + " would be lost; go on with the client switch, or move the clients back by hand and copy"
                            + " back what they wrote to the target since");
        });
    }

    private static Optional<Freeze> commit(MigrationRun run) {
        return new FreezeObject(run).find().filter(Freeze::isCommitted);
    }
}
