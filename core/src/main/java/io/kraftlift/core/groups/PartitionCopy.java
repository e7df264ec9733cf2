package io.kraftlift.core.groups;

import io.kraftlift.core.offsets.OffsetMap;
import io.kraftlift.core.offsets.SourceOffset;

/**
 * How far a partition's copy can be trusted.
 *
 * @param map the partition's offset map; only read
 * @param durableTo the source offset (exclusive) up to which the last checkpoint vouches for the target
 * @param sourceEnd the source offset (exclusive) at which the migrated log ends: the log end now, and from the sentinels
 *     on the sentinel's offset plus one
 */
public record PartitionCopy(OffsetMap map, SourceOffset durableTo, SourceOffset sourceEnd) {}
