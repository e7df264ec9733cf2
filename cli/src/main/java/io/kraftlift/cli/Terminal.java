package io.kraftlift.cli;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a command reads and writes. Confined to the command's thread.
 *
 * @param asking whether a person can answer
 * @param redrawing whether what was written can be written over
 * @param columns width of the screen
 */
public record Terminal(
        PrintWriter out,
        PrintWriter err,
        BufferedReader in,
        boolean asking,
        boolean redrawing,
        boolean colours,
        int columns) {
    /** Where nobody says how wide the screen is. */
    static final int USUAL_COLUMNS = 80;

    /**
     * The process's own. The wrapper script says in {@code kraftlift.stdin}, {@code kraftlift.stdout} (terminal or not)
     * and {@code kraftlift.columns} what it sees: a JVM cannot tell for each stream.
     */
    static Terminal ofProcess(Map<String, String> environment) {
        boolean screen = "terminal".equals(System.getProperty("kraftlift.stdout"))
                && !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
        boolean colours = screen && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                "terminal".equals(System.getProperty("kraftlift.stdin")),
                screen,
                colours,
                columns(System.getProperty("kraftlift.columns")));
    }

    /** Asks a question; true only for the word yes. */
    public boolean confirmed(String question) {
        return confirmed(question, "yes");
    }

    /** Asks for a word; true only when it is typed exactly. */
    public boolean confirmed(String question, String word) {
        // On the error stream, so that the output stays one JSON object where that is asked for.
        err.print(question + " Type " + word + " to go on: ");
        err.flush();
        try {
            @Nullable String answer = in.readLine();
            return answer != null && answer.strip().equals(word);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line that a person has typed, without waiting for one. */
    public Optional<String> typedLine() {
        try {
            return asking && in.ready() ? Optional.ofNullable(in.readLine()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PrintWriter writer(FileDescriptor stream) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), true);
    }

    private static int columns(@Nullable String text) {
        return text != null && text.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(text) : USUAL_COLUMNS;
    }
}
