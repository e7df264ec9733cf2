package io.kraftlift.core.topics;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What tells a topic from another of the same name, made after it was deleted. Clusters give ids since Kafka 2.8 (KIP-516).
 *
 * @param value as Kafka writes it, not empty
 */
public record TopicId(@JsonValue String value) {
    @JsonCreator
    public TopicId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("topic id: must not be empty");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
