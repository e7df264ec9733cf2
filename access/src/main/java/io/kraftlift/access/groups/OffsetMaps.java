package io.kraftlift.access.groups;

import io.kraftlift.core.offsets.OffsetMap;
import io.kraftlift.core.topics.PartitionId;
import java.util.Optional;

/** Where partitions' offset maps are found. Safe for use by several threads. */
@FunctionalInterface
public interface OffsetMaps {
    /** The partition's map as last written; empty when nothing of it was copied yet. */
    Optional<OffsetMap> find(PartitionId partition);
}
