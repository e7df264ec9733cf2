package io.kraftlift.core.plan;

/** Why a topic does not move. */
public enum SkipReason {
    /** It belongs to the cluster, to MSK or to MirrorMaker, and has no meaning elsewhere. */
    INTERNAL,
    /** No pattern of {@code topics.include} matches it. */
    NOT_INCLUDED,
    /** A pattern of {@code topics.exclude} matches it. */
    EXCLUDED
}
