package io.kraftlift.core.lanes;

import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;

/**
 * A partition whose source is no more, so that its copy is over.
 *
 * @param end the source offset (exclusive) up to which it was copied; what came after it, if anything, went with the topic
 */
public record Ended(PartitionId partition, TopicEnd why, SourceOffset end) {}
