package io.kraftlift.core.inventory;

import org.jspecify.annotations.Nullable;

/**
 * A partition of a topic.
 *
 * @param leader the leading broker's id; null when there is none, and then the offsets are null too
 * @param replicas how many replicas it should have
 * @param inSync how many of them are in sync
 * @param bytes size of the largest replica on disk; null when the cluster does not tell
 */
public record PartitionInventory(
        int index,
        @Nullable Integer leader,
        int replicas,
        int inSync,
        @Nullable OffsetSpan offsets,
        @Nullable Long bytes) {}
