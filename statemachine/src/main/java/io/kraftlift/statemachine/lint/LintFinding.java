package io.kraftlift.statemachine.lint;

/**
 * One mistake in a definition.
 *
 * @param place the path of the state and the field, such as {@code Both.Branches[0]/Copy.Arguments}
 * @param rule the rule that was broken
 * @param seen what stands there
 */
public record LintFinding(String place, LintRule rule, String seen) {
    /** What to do about it. */
    public String remedy() {
        return rule.remedy();
    }

    @Override
    public String toString() {
        return place + ": " + rule + ": " + seen + "; " + remedy();
    }
}
