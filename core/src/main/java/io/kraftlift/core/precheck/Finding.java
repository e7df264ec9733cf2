package io.kraftlift.core.precheck;

import java.util.Comparator;

/**
 * Something that a precheck found. Findings sort blockers first.
 *
 * @param subject what it is about: a side, a topic, a group
 * @param seen what was seen there
 * @param remedy what to do about it
 */
public record Finding(PrecheckCode code, Severity severity, String subject, String seen, String remedy)
        implements Comparable<Finding> {
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .thenComparing(Finding::code)
            .thenComparing(Finding::subject)
            .thenComparing(Finding::seen)
            .thenComparing(Finding::remedy);

    static Finding of(PrecheckCode code, String subject, String seen, String remedy) {
        return new Finding(code, code.severity(), subject, seen, remedy);
    }

    /** A check that could not be made counts as much as what it looks for. */
    static Finding unchecked(PrecheckCode code, String subject, String why) {
        return of(
                code,
                subject,
                "could not be checked: " + why,
                "Remove what keeps the check from being made, then run the precheck again.");
    }

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return code + " " + subject + ": " + seen + " - " + remedy;
    }
}
