package io.kraftlift.core.groups;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A consumer group's name. Kafka allows any text, even the empty one, which old clients have used. */
public record GroupId(@JsonValue String value) implements Comparable<GroupId> {
    private static final String CANARY_PREFIX = "amazon.msk.canary.";

    @JsonCreator
    public GroupId {}

    /** Whether it belongs to Amazon MSK's own health probe, which each cluster has for itself. */
    public boolean isCanary() {
        return value.startsWith(CANARY_PREFIX);
    }

    @Override
    public int compareTo(GroupId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
