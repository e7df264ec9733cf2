package io.kraftlift.core.failures;

/** What a failure asks of whoever sees it. */
public enum FailureFamily {
    /** A person has to change something; the message ends with the remedy. Not retried. */
    OPERATOR_ACTION_NEEDED,
    /** The same step may succeed later without anybody's help. Retried by the state machine. */
    TRY_AGAIN,
    /** Something that must never be was seen: a defect, or somebody else's writes. Stop and keep everything. */
    INVARIANT_BROKEN
}
