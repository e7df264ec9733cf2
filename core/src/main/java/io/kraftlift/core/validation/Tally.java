package io.kraftlift.core.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A check in the making: counts, and the reasons against it. Mutable, confined to one check. */
final class Tally {
    /** Enough to see a pattern; a thousand lines of 150 characters stay far below the size of a stored document. */
    private static final int MOST_LINES = 1_000;

    private final CheckName name;
    private final Map<String, Long> numbers = new TreeMap<>();
    private final List<String> reasons = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Outcome outcome = Outcome.PASSED;
    private long reasonsLeftOut;
    private long notesLeftOut;

    Tally(CheckName name) {
        this.name = name;
    }

    Tally count(String what, long by) {
        numbers.merge(what, by, Long::sum);
        return this;
    }

    void failed(String reason) {
        against(Outcome.FAILED, reason);
    }

    void warning(String reason) {
        against(Outcome.WARNING, reason);
    }

    void note(String note) {
        if (notes.size() < MOST_LINES) {
            notes.add(note);
        } else {
            notesLeftOut++;
        }
    }

    CheckResult result() {
        if (reasonsLeftOut > 0) {
            reasons.add("and " + reasonsLeftOut + " more");
        }
        if (notesLeftOut > 0) {
            notes.add("and " + notesLeftOut + " more");
        }
        return new CheckResult(name, outcome, numbers, reasons, notes);
    }

    private void against(Outcome atLeast, String reason) {
        outcome = Outcome.worst(List.of(outcome, atLeast));
        if (reasons.size() < MOST_LINES) {
            reasons.add(reason);
        } else {
            reasonsLeftOut++;
        }
    }
}
