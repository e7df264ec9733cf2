package io.kraftlift.cli.runs;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Words for a POSIX shell. */
public final class ShellWord {
    private ShellWord() {}

    /** A text as one word. */
    public static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./:=@%+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** An option with its value, after a space; empty when there is no value. */
    static String option(String name, @Nullable Object value) {
        return value == null ? "" : " " + name + " " + quoted(value.toString());
    }

    /** An option with its value, after a space; empty when there is no value. */
    static String option(String name, Optional<?> value) {
        return option(name, value.orElse(null));
    }
}
