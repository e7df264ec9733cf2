package io.kraftlift.core.validation;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All of a record that its reader sees.
 *
 * @param key the caller must not change it afterwards; the same for {@code value} and header values
 * @param timestamp in milliseconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // compared by differences() only, which looks into the arrays
public record RecordImage(byte @Nullable [] key, byte @Nullable [] value, List<Header> headers, long timestamp) {
    public RecordImage {
        headers = List.copyOf(headers);
    }

    /** A header; a null value is not an empty one. */
    @SuppressWarnings("ArrayRecordComponent") // compared by differences() only, which looks into the array
    public record Header(String name, byte @Nullable [] value) {
        private boolean same(Header other) {
            return name.equals(other.name) && Arrays.equals(value, other.value);
        }
    }

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
        if (!Arrays.equals(key, other.key)) {
            parts.add(Part.KEY);
        }
        if (!Arrays.equals(value, other.value)) {
            parts.add(Part.VALUE);
        }
        if (!sameHeaders(other)) {
            parts.add(Part.HEADERS);
        }
        if (timestamp != other.timestamp) {
            parts.add(Part.TIMESTAMP);
        }
        return parts;
    }

    /** Order and repetition count: both are what a consumer sees. */
    private boolean sameHeaders(RecordImage other) {
        if (headers.size() != other.headers.size()) {
            return false;
        }
        for (int i = 0; i < headers.size(); i++) {
            if (!headers.get(i).same(other.headers.get(i))) {
                return false;
            }
        }
        return true;
    }
}
