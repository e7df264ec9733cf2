package io.kraftlift.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Optional;

/** Terminals of 100 columns without colours, on which nothing is written over. */
final class ScriptedTerminal {
    private static final int COLUMNS = 100;

    private ScriptedTerminal() {}

    /** At which nobody sits. */
    static Terminal unattended(StringWriter out, StringWriter err) {
        return of(Optional.empty(), out, err);
    }

    /** At which somebody types this and no more. */
    static Terminal typing(String typed, StringWriter out, StringWriter err) {
        return of(Optional.of(typed), out, err);
    }

    private static Terminal of(Optional<String> typed, StringWriter out, StringWriter err) {
        return new Terminal(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                new BufferedReader(new StringReader(typed.orElse(""))),
                typed.isPresent(),
                false,
                false,
                COLUMNS);
    }
}
