package io.kraftlift.access.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.access.json.Documents;
import io.kraftlift.core.plan.MigrationPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every artifact of two migrations, byte for byte. After a change that is meant, copy what the test leaves in {@code
 * target/plan-artifacts} over the golden files, and read the difference.
 */
class ArtifactsGoldenTest {
    @ParameterizedTest
    @MethodSource("all")
    void areTheGoldenBytes(PlanScenario scenario, Artifact artifact) throws IOException {
        byte[] written = scenario.artifacts().content(artifact);
        Path left = Files.createDirectories(Path.of("target", "plan-artifacts", folder(scenario)));
        Files.write(left.resolve(artifact.fileName()), written);

        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo(golden(scenario, artifact));
    }

    @ParameterizedTest
    @EnumSource
    void areTheSameBytesEveryTime(PlanScenario scenario) {
        Map<Artifact, byte[]> again = scenario.artifacts().files();

        scenario.artifacts()
                .files()
                .forEach((artifact, bytes) -> assertThat(again.get(artifact)).isEqualTo(bytes));
    }

    @ParameterizedTest
    @EnumSource
    void readsThePlanThatItWrote(PlanScenario scenario) {
        byte[] written = scenario.artifacts().content(Artifact.PLAN);

        MigrationPlan plan = Documents.read(written, MigrationPlan.class, "plan.json");

        assertThat(Documents.write(plan)).isEqualTo(written);
    }

    @ParameterizedTest
    @MethodSource("all")
    void holdNoSecret(PlanScenario scenario, Artifact artifact) {
        assertThat(new String(scenario.artifacts().content(artifact), StandardCharsets.UTF_8))
                .doesNotContain("hidden");
    }

    static Stream<Arguments> all() {
        return Arrays.stream(PlanScenario.values())
                .flatMap(
                        scenario -> Arrays.stream(Artifact.values()).map(artifact -> Arguments.of(scenario, artifact)));
    }

    private static String folder(PlanScenario scenario) {
        return scenario.name().toLowerCase(Locale.ROOT);
    }

    private static String golden(PlanScenario scenario, Artifact artifact) throws IOException {
        String name = "golden/" + folder(scenario) + "/" + artifact.fileName();
        try (@Nullable InputStream file = ArtifactsGoldenTest.class.getResourceAsStream(name)) {
            return file == null ? name + " is missing" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
