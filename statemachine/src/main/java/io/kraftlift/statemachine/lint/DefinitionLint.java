package io.kraftlift.statemachine.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Looks for mistakes in a definition of Amazon States Language in JSONata that a schema does not see; {@link LintRule}
 * lists them.
 */
public final class DefinitionLint {
    private DefinitionLint() {}

    /** All findings, none for a clean definition. Substitutions may have any name. */
    public static List<LintFinding> check(JsonNode definition) {
        Findings findings = new Findings();
        check(definition, findings);
        return findings.all();
    }

    /** The same, and a finding for every substitution whose name is not among the given ones. */
    public static List<LintFinding> check(JsonNode definition, Set<String> substitutions) {
        Findings findings = new Findings();
        check(definition, findings);
        JsonNodes.texts("definition", definition, Set.of(), (place, text) -> {
            Matcher matcher = Expression.SUBSTITUTION.matcher(text);
            while (matcher.find()) {
                if (!substitutions.contains(matcher.group(1))) {
                    findings.add(place, LintRule.UNKNOWN_SUBSTITUTION, matcher.group());
                }
            }
        });
        return findings.all();
    }

    private static void check(JsonNode definition, Findings findings) {
        String language = definition.path("QueryLanguage").asText("JSONPath");
        if (!language.equals("JSONata")) {
            findings.add("QueryLanguage", LintRule.NOT_JSONATA, language);
        }
        Scope scope = Scope.of("", definition);
        new TransitionLint(findings).check(scope);
        new TaskLint(findings).check(scope);
        new VariableLint(findings).check(scope, Set.of());
    }
}
