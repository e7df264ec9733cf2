package io.kraftlift.core.lanes;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A lane's number, 0 to 39: a Map state runs at most 40 branches side by side. */
public record LaneId(@JsonValue int number) implements Comparable<LaneId> {
    public static final int MAXIMUM_LANES = 40;

    @JsonCreator
    public LaneId {
        if (number < 0 || number >= MAXIMUM_LANES) {
            throw new IllegalArgumentException("lane: must be 0 to 39, was " + number);
        }
    }

    @Override
    public int compareTo(LaneId other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
