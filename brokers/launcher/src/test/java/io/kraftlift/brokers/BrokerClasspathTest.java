package io.kraftlift.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerClasspathTest {
    private static final String REMEDY = "run ./mvnw -q -pl brokers/kafka-2.8,brokers/kafka-3.9,brokers/kafka-4.3"
            + " generate-resources in the project's root folder";

    @TempDir
    Path home;

    @Test
    void listsTheJarsInOrder() throws Exception {
        Path first = Files.createFile(home.resolve("b.jar"));
        Path second = Files.createFile(home.resolve("a.jar"));
        write("kafka-3.9", first + File.pathSeparator + second + "\n");

        assertThat(BrokerClasspath.below(home).jarsOf(KafkaRelease.KAFKA_3_9)).containsExactly(first, second);
    }

    @Test
    void tellsTheRemedyWhenTheBuildHasNotWrittenTheFile() {
        assertThatThrownBy(() -> BrokerClasspath.below(home).jarsOf(KafkaRelease.KAFKA_4_3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("kafka-4.3")
                .hasMessageContaining("was missing")
                .hasMessageEndingWith(REMEDY);
    }

    @Test
    void namesAJarThatHasGone() throws Exception {
        write("kafka-4.3", home.resolve("gone.jar").toString());

        assertThatThrownBy(() -> BrokerClasspath.below(home).jarsOf(KafkaRelease.KAFKA_4_3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("gone.jar")
                .hasMessageEndingWith(REMEDY);
    }

    private void write(String folder, String content) throws Exception {
        Path file = home.resolve("brokers").resolve(folder).resolve("target/classpath");
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
    }
}
