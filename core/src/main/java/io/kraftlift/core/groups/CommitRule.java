package io.kraftlift.core.groups;

/** When a commit that the target already has gives way. */
public enum CommitRule {
    /** At the cutover: everything gives way but a commit that is ahead and not ours. */
    CUTOVER,
    /** Afterwards: only our own commit gives way, and only to one that is ahead of it. */
    FORWARD_ONLY
}
