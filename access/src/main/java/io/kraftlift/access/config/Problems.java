package io.kraftlift.access.config;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong with a file, collected until all of it is known. Mutable; confined to one reading. */
final class Problems {
    /** More than anybody reads, and a bound for the message. */
    private static final int MOST_SHOWN = 100;

    /** Longer texts are cut in messages. */
    private static final int LONGEST_QUOTE = 80;

    private final String name;
    private final List<Problem> found = new ArrayList<>();

    private record Problem(Place place, String text) {}

    Problems(String name) {
        this.name = name;
    }

    /**
     * @param path the setting or section, or what else it is about
     * @param rule what must be, and what was: {@code must be a whole number, was "x"}
     */
    void add(Place place, String path, String rule, String remedy) {
        found.add(new Problem(place, path + ": " + rule + "; " + remedy));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** One failure with a line for each problem, in the order of the file. */
    OperatorActionNeeded failure() {
        String lines = found.stream()
                .sorted(Comparator.comparing(Problem::place))
                .distinct()
                .limit(MOST_SHOWN)
                .map(problem -> name + ":" + problem.place().line() + ":"
                        + problem.place().column() + ": " + problem.text())
                .collect(Collectors.joining("\n"));
        String count = found.size() == 1 ? "1 error in " + name : found.size() + " errors in " + name;
        String shown = found.size() > MOST_SHOWN ? ", of which the first " + MOST_SHOWN : "";
        return new OperatorActionNeeded(FailureName.CONFIGURATION_WRONG, count + shown + "\n" + lines);
    }

    /** A text of the file as it stands in a message: in quotes, on one line, of bounded length. */
    static String quoted(String text) {
        StringBuilder shown = new StringBuilder("\"");
        text.codePoints()
                .limit(LONGEST_QUOTE)
                .forEach(c -> shown.appendCodePoint(
                        Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c == '"' ? '?' : c));
        if (text.codePointCount(0, text.length()) > LONGEST_QUOTE) {
            shown.append("…");
        }
        return shown.append('"').toString();
    }
}
