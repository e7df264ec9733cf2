package io.kraftlift.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Docker is given to build the workers' image from. */
class DeployedImageIT {
    private static final Path FOLDER = Synthesis.HOME.resolve("fargate-replicator");

    @Test
    void hasWhatTheDockerfileCopiesAndNothingElse() throws IOException {
        Path given = given();
        List<String> copied = Files.readAllLines(FOLDER.resolve("Dockerfile")).stream()
                .filter(line -> line.startsWith("COPY "))
                .map(line -> line.split(" ", -1)[2])
                .toList();

        assertThat(copied)
                .isNotEmpty()
                .allSatisfy(source ->
                        assertThat(files(given)).anyMatch(file -> file.equals(source) || file.startsWith(source)));
        assertThat(files(given))
                .allMatch(file -> file.equals("Dockerfile")
                        || copied.stream().anyMatch(source -> file.equals(source) || file.startsWith(source)))
                .anyMatch(file -> file.matches("target/image/lib/kraftlift-fargate-replicator-.*\\.jar"))
                .containsAll(files(FOLDER)
                        .filter(file -> file.startsWith("target/image/lib/"))
                        .toList());
    }

    private static Path given() throws IOException {
        Path output = Synthesis.bare().output();
        try (Stream<Path> files = Files.list(output)) {
            for (Path assets : files.filter(file -> file.toString().endsWith(".assets.json"))
                    .toList()) {
                for (JsonNode image : Synthesis.JSON.readTree(assets.toFile()).path("dockerImages")) {
                    return output.resolve(image.path("source").path("directory").asText());
                }
            }
        }
        throw new AssertionError("no image is built of " + output);
    }

    /** By their path below the folder. */
    private static Stream<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList()
                    .stream();
        }
    }
}
