package io.kraftlift.core.precheck;

/** How much a finding matters. */
public enum Severity {
    /** The migration does not begin. */
    BLOCKER,
    /** The migration begins; a person should know and decide. */
    WARNING,
    /** For the record. */
    INFO
}
