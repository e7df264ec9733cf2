package io.kraftlift.core.topology;

import io.kraftlift.core.topics.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * A topic setting on the target that has another value while the migration copies.
 *
 * @param held the value while copying
 * @param restored the value afterwards, different from {@code held}; null when the topic then has none of its own
 */
public record Hold(
        TopicName topic,
        HoldKind kind,
        String key,
        String held,
        @Nullable String restored) {}
