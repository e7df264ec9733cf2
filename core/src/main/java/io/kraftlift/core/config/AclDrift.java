package io.kraftlift.core.config;

/** What happens with ACLs that the target has and the source has not. */
public enum AclDrift {
    MERGE,
    OVERWRITE,
    REPORT
}
