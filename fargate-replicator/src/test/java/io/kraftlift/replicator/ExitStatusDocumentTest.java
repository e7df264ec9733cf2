package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitStatusDocumentTest {
    private static final Path DOCUMENT =
            Path.of(System.getProperty("kraftlift.home", "..")).resolve("docs/exit-codes.md");

    @Test
    void listsEveryEndOfAWorkerAndNoOther() throws IOException {
        List<String> rows = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.matches("\\| [A-Z_]+ \\| [0-9]+ \\|.*"))
                .map(line -> line.replaceAll("^(\\| [A-Z_]+ \\| [0-9]+ \\|).*", "$1"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(ExitStatus.values())
                        .map(status -> "| " + status.name() + " | " + status.code() + " |")
                        .toList());
    }
}
