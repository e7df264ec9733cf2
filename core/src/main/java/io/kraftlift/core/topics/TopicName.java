package io.kraftlift.core.topics;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** A Kafka topic's name: 1 to 249 characters of {@code [A-Za-z0-9._-]}, not {@code .} or {@code ..}. */
public record TopicName(@JsonValue String value) implements Comparable<TopicName> {
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    @JsonCreator
    public TopicName {
        if (!LEGAL.matcher(value).matches() || value.equals(".") || value.equals("..")) {
            throw new IllegalArgumentException(
                    "topic name: must be 1 to 249 characters of [A-Za-z0-9._-], was \"" + value + "\"");
        }
    }

    @Override
    public int compareTo(TopicName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
