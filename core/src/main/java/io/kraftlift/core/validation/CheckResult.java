package io.kraftlift.core.validation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A check with its outcome.
 *
 * @param numbers what was counted, by name
 * @param reasons what speaks against {@link Outcome#PASSED}, each naming the topic, partition, group or offset it is
 *     about; never empty for another outcome. Of very many, the first and their number
 * @param notes what is to be known and changes no outcome
 */
public record CheckResult(
        CheckName name, Outcome outcome, Map<String, Long> numbers, List<String> reasons, List<String> notes) {
    public CheckResult {
        numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
        reasons = List.copyOf(reasons);
        notes = List.copyOf(notes);
        if (outcome != Outcome.PASSED && reasons.isEmpty()) {
            throw new IllegalArgumentException(
                    "check " + name.word() + ": must have a reason to be " + outcome + ", had none");
        }
    }

    /** A check that could not be made, which is as bad as one that found something. */
    public static CheckResult notMade(CheckName name, String reason) {
        return new CheckResult(
                name, Outcome.FAILED, Map.of(), List.of("the check could not be made: " + reason), List.of());
    }

    /** The same result under another check's name, with a note that says so. */
    public CheckResult standingInFor(CheckName other, String note) {
        return new CheckResult(other, outcome, numbers, reasons, List.of(note));
    }
}
