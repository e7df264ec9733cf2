package io.kraftlift.core.inventory;

/** Where a cluster keeps its metadata, as far as its two signals tell. */
public enum MetadataMode {
    ZOOKEEPER,
    KRAFT,
    /** The signals disagree, or one of them could not be read. */
    UNDECIDED
}
