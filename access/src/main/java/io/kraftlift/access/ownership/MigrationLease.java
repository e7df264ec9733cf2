package io.kraftlift.access.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.core.stores.Format;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.Sha256;
import java.time.Instant;

/**
 * Who has a migration, {@code lease.json}. It belongs to one execution at a time, without a time-to-live: an execution may
 * wait for a person for days.
 *
 * @param format 2; format 1 was never released
 * @param owner the execution's ARN
 * @param generation how many executions have had the migration, from 1; the owner's functions and workers carry it
 * @param config the owner's configuration file
 * @param fingerprint of the owner's configuration
 * @param settings of the owner's configuration, with secrets redacted
 * @param restart how often the migration was begun anew on a cleared target, from 0
 * @param clearing whether what this restart made on the target is to be cleared before anything else
 * @param rolledBack whether the migration has ended in a rollback
 */
@Format(MigrationLease.FORMAT)
public record MigrationLease(
        int format,
        String owner,
        long generation,
        Instant claimedAt,
        ObjectReference config,
        Sha256 fingerprint,
        JsonNode settings,
        int restart,
        boolean clearing,
        boolean rolledBack) {
    public static final int FORMAT = 2;

    public MigrationLease {
        if (format != FORMAT) {
            throw new IllegalArgumentException("lease: format must be " + FORMAT + ", was " + format);
        }
        if (generation < 1 || restart < 0) {
            throw new IllegalArgumentException("lease: generation must be at least 1 and restart at least 0, were "
                    + generation + " and " + restart);
        }
    }

    /**
     * An execution that wants the migration, with its configuration.
     *
     * @param execution its ARN
     */
    public record Claimant(
            String execution, ObjectReference config, Sha256 fingerprint, JsonNode settings, Instant at) {}

    /** The first owner's. */
    public static MigrationLease first(Claimant claimant) {
        return new MigrationLease(
                FORMAT,
                claimant.execution(),
                1,
                claimant.at(),
                claimant.config(),
                claimant.fingerprint(),
                claimant.settings(),
                0,
                false,
                false);
    }

    /** The next owner's, who goes on with what is there. */
    public MigrationLease takenOver(Claimant claimant) {
        return new MigrationLease(
                FORMAT,
                claimant.execution(),
                generation + 1,
                claimant.at(),
                claimant.config(),
                claimant.fingerprint(),
                claimant.settings(),
                restart,
                clearing,
                rolledBack);
    }

    /** The owner is to clear what was made on the target first. */
    public MigrationLease toClear() {
        return with(restart, true, false);
    }

    /** What was made on the target is cleared, and the migration begins anew. */
    public MigrationLease cleared() {
        return with(restart + 1, false, false);
    }

    /** The migration has ended in a rollback. */
    public MigrationLease asRolledBack() {
        return with(restart, clearing, true);
    }

    private MigrationLease with(int newRestart, boolean newClearing, boolean newRolledBack) {
        return new MigrationLease(
                FORMAT,
                owner,
                generation,
                claimedAt,
                config,
                fingerprint,
                settings,
                newRestart,
                newClearing,
                newRolledBack);
    }
}
