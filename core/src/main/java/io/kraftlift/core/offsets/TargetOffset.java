package io.kraftlift.core.offsets;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An offset in a target partition's log, 0 or above. */
public record TargetOffset(@JsonValue long value) implements Comparable<TargetOffset> {
    @JsonCreator
    public TargetOffset {
        if (value < 0) {
            throw new IllegalArgumentException("target offset: must be 0 or above, was " + value);
        }
    }

    public static TargetOffset of(long value) {
        return new TargetOffset(value);
    }

    @Override
    public int compareTo(TargetOffset other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
