package io.kraftlift.core.migration;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** A migration's name: 1 to 48 of {@code [a-z0-9-]}, starting with a letter or digit. */
public record MigrationId(@JsonValue String value) {
    private static final Pattern LEGAL = Pattern.compile("[a-z0-9][a-z0-9-]{0,47}");

    @JsonCreator
    public MigrationId {
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "migration id: must be 1 to 48 of [a-z0-9-], starting with a letter or digit, was \"" + value
                            + "\"");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
