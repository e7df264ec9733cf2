package io.kraftlift.core.plan;

import io.kraftlift.core.topics.TopicName;

/** A topic that does not move. */
public record SkippedTopic(TopicName name, SkipReason reason) {}
