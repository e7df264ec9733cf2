package io.kraftlift.core.plan;

import io.kraftlift.core.topics.TopicId;
import org.jspecify.annotations.Nullable;

/**
 * A topic of the source as it is now.
 *
 * @param partitions their number
 * @param id null where the source gives none
 */
public record SourceTopic(int partitions, @Nullable TopicId id) {}
