package io.kraftlift.statemachine.lint;

import java.util.ArrayList;
import java.util.List;

/** The findings of one check so far, in the order in which they were made. Confined to that check. */
final class Findings {
    private final List<LintFinding> all = new ArrayList<>();

    void add(String place, LintRule rule, String seen) {
        LintFinding finding = new LintFinding(place, rule, seen);
        if (!all.contains(finding)) {
            all.add(finding);
        }
    }

    List<LintFinding> all() {
        return List.copyOf(all);
    }
}
