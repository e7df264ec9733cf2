package io.kraftlift.statemachine.payloads;

import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.stores.ObjectReference;
import org.jspecify.annotations.Nullable;

/**
 * The run that a state belongs to. Every function's request has it as {@code run}.
 *
 * @param config the configuration file, references unresolved
 * @param generation of the lease that the execution holds, so that nothing is done for one that has lost it; null before it is
 *     claimed
 * @param restart how often the migration was begun anew on a cleared target; null, which is 0, before it is claimed
 */
public record RunReference(
        MigrationId migration,
        ObjectReference config,
        @Nullable Long generation,
        @Nullable Integer restart) {
    /** A run that has not claimed its migration. */
    public RunReference(MigrationId migration, ObjectReference config) {
        this(migration, config, null, null);
    }

    /** The same run with the migration claimed. */
    public RunReference claimed(long leaseGeneration, int leaseRestart) {
        return new RunReference(migration, config, leaseGeneration, leaseRestart);
    }

    /** In which restart the run works, from 0. */
    public int restartOrFirst() {
        return restart == null ? 0 : restart;
    }
}
