package io.kraftlift.core.config;

/** What marks the end of a partition at the cutover. */
public enum SentinelKind {
    /** A record with a key and headers that say what it is. */
    RECORD,
    /** The commit marker of a transaction without records, which no consumer sees. */
    MARKER
}
