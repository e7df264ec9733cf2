package io.kraftlift.statemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kraftlift.statemachine.lint.DefinitionLint;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DefinitionFileTest {
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([A-Za-z0-9]+)}");

    @ParameterizedTest
    @EnumSource(DefinitionFile.class)
    void isCleanByTheLint(DefinitionFile file) throws Exception {
        JsonNode definition = new ObjectMapper().readTree(file.text());

        assertThat(DefinitionLint.check(definition, Substitution.all())).isEmpty();
    }

    @Test
    void leavesExactlyTheKnownSubstitutionsOpenExceptTheSafetyNetWhichIsCalledFromOutside() {
        TreeSet<String> open = new TreeSet<>();
        for (DefinitionFile file : DefinitionFile.values()) {
            Matcher matcher = SUBSTITUTION.matcher(file.text());
            while (matcher.find()) {
                open.add(matcher.group(1));
            }
        }
        TreeSet<String> known = new TreeSet<>(Substitution.all());
        FunctionName.OUTSIDE_THE_DEFINITION.forEach(function -> known.remove(function.substitution()));

        assertThat(open).isEqualTo(known);
    }

    @Test
    void bindsEverySubstitutionOrNamesTheOneThatHasNoValue() {
        Map<String, String> values =
                Substitution.all().stream().collect(Collectors.toMap(Function.identity(), name -> "value-of-" + name));

        assertThat(DefinitionFile.MIGRATION.bind(values))
                .contains("value-of-ClaimRunFunction")
                .doesNotContain("${");
        assertThatThrownBy(() -> DefinitionFile.DRAIN_POLLER.bind(Map.of()))
                .hasMessageContaining("drain-poller.asl.json")
                .hasMessageContaining("${DrainStatusFunction}");
    }
}
