package io.kraftlift.statemachine;

/** What an execution is started for, {@code mode} of its input. */
public enum Mode {
    /** The migration, from where it stands: an execution that takes it over from one that has ended goes on. */
    MIGRATE,
    /** Plan and precheck only; nothing is changed on the clusters. */
    PLAN_ONLY,
    /** Ends the migration before its commit. */
    ROLLBACK,
    /** Clears what the migration made on the target, and begins it anew. */
    RESTART
}
