package io.kraftlift.core.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.precheck.Scenarios.Expected;
import io.kraftlift.core.precheck.Scenarios.Scenario;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Given cluster facts; then code, subject, what was seen, remedy. The cases are files, one of each code. */
class PrecheckTest {
    static Stream<Scenario> scenarios() {
        return Scenarios.all();
    }

    @Test
    void findsNothingWhereNothingIs() {
        assertThat(Precheck.findings(Scenarios.healthy())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void findsWhatTheScenarioSaysAndNothingElse(Scenario scenario) {
        List<Finding> findings = Precheck.findings(scenario.given());

        assertThat(findings.stream().map(finding -> finding.code() + " " + finding.subject()))
                .containsExactlyElementsOf(scenario.then().stream()
                        .map(expected -> expected.code() + " " + expected.subject())
                        .toList());
        for (int index = 0; index < findings.size(); index++) {
            Expected expected = scenario.then().get(index);
            assertThat(findings.get(index).seen()).contains(expected.seen());
            assertThat(findings.get(index).remedy()).contains(expected.remedy());
            assertThat(findings.get(index).severity()).isEqualTo(expected.code().severity());
        }
    }

    @Test
    void everyCodeIsFoundByAScenarioOfItsOwn() {
        Set<PrecheckCode> found = Scenarios.all()
                .filter(scenario -> scenario.then().stream().anyMatch(expected -> expected.code() == scenario.code()))
                .map(Scenario::code)
                .collect(Collectors.toSet());

        assertThat(found).containsExactlyInAnyOrder(PrecheckCode.values());
    }
}
