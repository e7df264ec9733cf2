package io.kraftlift.statemachine.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AslValidatorTest {
    private final AslValidator validator = AslValidator.installed();

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(AslValidatorTest.class.getResource(name), name)
                .toURI());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/lint/clean.asl.json", "/migration.asl.json", "/drain-poller.asl.json", "/freeze-guard.asl.json"
            })
    void accepts(String definition) throws URISyntaxException {
        AslValidator.Verdict verdict = validator.validate(resource(definition));

        assertThat(verdict.valid()).as(verdict.text()).isTrue();
    }

    @Test
    void refusesATransitionToNowhere() throws URISyntaxException {
        AslValidator.Verdict verdict = validator.validate(resource("/lint/missing_state.asl.json"));

        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.text()).contains("Gone");
    }
}
