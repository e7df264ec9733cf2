package io.kraftlift.core.offsets;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An offset in a source partition's log, 0 or above. */
public record SourceOffset(@JsonValue long value) implements Comparable<SourceOffset> {
    @JsonCreator
    public SourceOffset {
        if (value < 0) {
            throw new IllegalArgumentException("source offset: must be 0 or above, was " + value);
        }
    }

    public static SourceOffset of(long value) {
        return new SourceOffset(value);
    }

    @Override
    public int compareTo(SourceOffset other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
