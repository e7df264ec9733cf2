package io.kraftlift.core.validation;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All of a record that its reader sees. Null is not empty, for keys, values and header values alike; the order of headers
 * counts.
 *
 * @param key nobody moves its position or changes its bytes; the same for {@code value} and header values
 * @param timestamp in milliseconds since 1970
 */
public record RecordImage(
        @Nullable ByteBuffer key, @Nullable ByteBuffer value, List<Header> headers, long timestamp) {
    public RecordImage {
        headers = List.copyOf(headers);
    }

    /** A header. */
    public record Header(String name, @Nullable ByteBuffer value) {}

    /** A part of a record. */
    public enum Part {
        KEY,
        VALUE,
        HEADERS,
        TIMESTAMP
    }

    /** The parts that differ; empty for equal records. */
    public Set<Part> differences(RecordImage other) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        if (!Objects.equals(key, other.key)) {
            parts.add(Part.KEY);
        }
        if (!Objects.equals(value, other.value)) {
            parts.add(Part.VALUE);
        }
        if (!headers.equals(other.headers)) {
            parts.add(Part.HEADERS);
        }
        if (timestamp != other.timestamp) {
            parts.add(Part.TIMESTAMP);
        }
        return parts;
    }
}
