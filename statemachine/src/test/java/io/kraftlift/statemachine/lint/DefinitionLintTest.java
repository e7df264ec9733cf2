package io.kraftlift.statemachine.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DefinitionLintTest {
    private static final Set<String> SUBSTITUTIONS = Set.of("Function", "Bucket");

    private static JsonNode definition(String name) throws IOException {
        try (InputStream file = DefinitionLintTest.class.getResourceAsStream("/lint/" + name + ".asl.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(file, name));
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsTheOneMistake(LintRule rule) throws IOException {
        List<LintFinding> findings =
                DefinitionLint.check(definition(rule.name().toLowerCase(Locale.ROOT)), SUBSTITUTIONS);

        assertThat(findings).extracting(LintFinding::rule).containsExactly(rule);
    }

    @Test
    void findsNothingInACleanDefinition() throws IOException {
        assertThat(DefinitionLint.check(definition("clean"), SUBSTITUTIONS)).isEmpty();
    }

    @Test
    void acceptsAnySubstitutionWhenNoneAreGiven() throws IOException {
        assertThat(DefinitionLint.check(definition("unknown_substitution"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "undefined_variable, Use.Output, $v",
                "missing_state, P.Choices[0].Next, 'Gone'",
                "duplicate_state_name, P.Branches[1]/A, 'A' is also at P.Branches[0]/A",
                "shadowed_variable, P.Branches[0]/B.Next, $v",
                "unknown_substitution, definition.States.T.Arguments.FunctionName, ${Unknown}",
                "token_outside_of_waiting_task, T.Arguments.Payload.token, $states.context.Task.Token",
            })
    void saysWhereAndWhat(String name, String place, String seen) throws IOException {
        LintFinding finding =
                DefinitionLint.check(definition(name), SUBSTITUTIONS).get(0);

        assertThat(finding.place()).isEqualTo(place);
        assertThat(finding.seen()).isEqualTo(seen);
        assertThat(finding.toString()).isEqualTo(place + ": " + finding.rule() + ": " + seen + "; " + finding.remedy());
    }
}
