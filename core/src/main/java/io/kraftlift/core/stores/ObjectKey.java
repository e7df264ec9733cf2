package io.kraftlift.core.stores;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The name of an object below a store's root: segments of {@code [A-Za-z0-9._=-]} joined by {@code /}, at most 900
 * characters, no empty segment, no {@code .} or {@code ..}. Kafka topic names are legal segments.
 */
public record ObjectKey(@JsonValue String value) implements Comparable<ObjectKey> {
    private static final Pattern SEGMENTS = Pattern.compile("[A-Za-z0-9._=-]+(/[A-Za-z0-9._=-]+)*");
    private static final Pattern DOTS = Pattern.compile("(^|.*/)\\.{1,2}(/.*|$)");
    private static final int MAXIMUM_LENGTH = 900;

    @JsonCreator
    public ObjectKey {
        if (value.length() > MAXIMUM_LENGTH
                || !SEGMENTS.matcher(value).matches()
                || DOTS.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "object key: must be segments of [A-Za-z0-9._=-] joined by '/', was \"" + value + "\"");
        }
    }

    /** The key {@code below} under this one. */
    public ObjectKey resolve(String below) {
        return new ObjectKey(value + "/" + below);
    }

    @Override
    public int compareTo(ObjectKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
