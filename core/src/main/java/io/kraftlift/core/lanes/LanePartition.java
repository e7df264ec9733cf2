package io.kraftlift.core.lanes;

import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicId;
import org.jspecify.annotations.Nullable;

/**
 * A partition's place in a lane's plan.
 *
 * @param seedFrom the source's log start when the plan was made
 * @param seedUntil the source's end offset (exclusive) when the plan was made, up to which the seed copies
 * @param bytes the partition's size on the source's disk, for balance and ETA; 0 when unknown
 * @param topicId the topic's on the source when the plan was made; null where the source gives none
 */
public record LanePartition(
        PartitionId partition,
        SourceOffset seedFrom,
        SourceOffset seedUntil,
        long bytes,
        @Nullable TopicId topicId) {
    /** A partition of a topic without an id. */
    public LanePartition(PartitionId partition, SourceOffset seedFrom, SourceOffset seedUntil, long bytes) {
        this(partition, seedFrom, seedUntil, bytes, null);
    }

    /** The same, of the topic that has this id; null where the source gives none. */
    public LanePartition of(@Nullable TopicId id) {
        return new LanePartition(partition, seedFrom, seedUntil, bytes, id);
    }
}
