package io.kraftlift.core.config;

/** What happens where the ACLs of source and target differ. */
public enum AclDrift {
    /** The target gets what it lacks, and keeps what it has. */
    MERGE,
    /** The target gets what it lacks, and loses what the source has not. */
    OVERWRITE,
    /** Nothing is created or deleted; the ledger lists both differences. */
    REPORT
}
