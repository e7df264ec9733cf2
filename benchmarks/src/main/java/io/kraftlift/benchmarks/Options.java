package io.kraftlift.benchmarks;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What was asked for on the command line: a command, and options with a value each. */
final class Options {
    private static final Set<String> KNOWN = Set.of(
            "--data", "--rounds", "--only", "--workers", "--json", "--folder", "--seconds", "--jvm", "--sentinel");

    private final String command;
    private final Map<String, String> values;

    private Options(String command, Map<String, String> values) {
        this.command = command;
        this.values = values;
    }

    /**
     * Reads the arguments; the command is {@code compare} where none is given.
     *
     * @throws IllegalArgumentException for an unknown option or one without a value
     */
    static Options parse(String[] arguments) {
        Queue<String> rest = new ArrayDeque<>(List.of(arguments));
        @Nullable String first = rest.peek();
        String command = first == null || first.startsWith("--") ? "compare" : rest.remove();
        Map<String, String> values = new HashMap<>();
        while (!rest.isEmpty()) {
            String name = rest.remove();
            @Nullable String value = rest.poll();
            if (!KNOWN.contains(name) || value == null) {
                throw new IllegalArgumentException(
                        name + ": must be one of " + new TreeSet<>(KNOWN) + ", followed by a value");
            }
            values.put(name, value);
        }
        return new Options(command, values);
    }

    String command() {
        return command;
    }

    /** Bytes; {@code 500MB} and {@code 2GB} are decimal. */
    long dataBytes() {
        String text = values.getOrDefault("--data", "2GB");
        if (!text.matches("\\d{1,9}[MG]B")) {
            throw new IllegalArgumentException("--data: must be like 500MB or 2GB, was " + text);
        }
        long number = Long.parseLong(text.substring(0, text.length() - 2));
        return number * (text.endsWith("GB") ? 1_000_000_000L : 1_000_000L);
    }

    int rounds() {
        return number("--rounds", 3);
    }

    int workers() {
        return number("--workers", 1);
    }

    int seconds() {
        return number("--seconds", 30);
    }

    private int number(String name, int otherwise) {
        String text = values.getOrDefault(name, Integer.toString(otherwise));
        if (!text.matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException(name + ": must be a number of 1 or above, was " + text);
        }
        return Integer.parseInt(text);
    }

    /** What ends a partition at the cutover, as {@code cutover.sentinel} takes it. */
    String sentinel() {
        return values.getOrDefault("--sentinel", "record");
    }

    /** Whether the copier of that name was asked for. */
    boolean wants(String copier) {
        @Nullable String only = values.get("--only");
        return only == null || Arrays.asList(only.split(",")).contains(copier);
    }

    /** Further options for the mover's Java, such as a recording. */
    List<String> moverJvmOptions() {
        @Nullable String text = values.get("--jvm");
        return text == null ? List.of() : List.of(text.split(" "));
    }

    /** Where the result goes as JSON; null when it is only printed. */
    @Nullable
    Path json() {
        @Nullable String text = values.get("--json");
        return text == null ? null : Path.of(text);
    }

    /** Where clusters and runs lie; emptied at the end. */
    Path folder(Path home) {
        @Nullable String text = values.get("--folder");
        return text == null
                ? home.resolve("benchmarks/target/run")
                : Path.of(text).toAbsolutePath();
    }
}
