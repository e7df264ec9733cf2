package io.kraftlift.core.lanes;

import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;

/**
 * A partition's place in a lane's plan.
 *
 * @param seedFrom the source's log start when the plan was made
 * @param seedUntil the source's end offset (exclusive) when the plan was made, up to which the seed copies
 * @param bytes the partition's size on the source's disk, for balance and ETA; 0 when unknown
 */
public record LanePartition(PartitionId partition, SourceOffset seedFrom, SourceOffset seedUntil, long bytes) {}
