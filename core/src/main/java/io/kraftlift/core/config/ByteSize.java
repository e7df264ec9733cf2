package io.kraftlift.core.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A number of bytes, 0 or above. */
public record ByteSize(@JsonValue long bytes) {
    @JsonCreator
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("size: must be 0 or above, was " + bytes);
        }
    }

    public static ByteSize mebibytes(long count) {
        return new ByteSize(count << 20);
    }
}
