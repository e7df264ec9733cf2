package io.kraftlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCodeDocumentTest {
    private static final Path DOCUMENT =
            Path.of(System.getProperty("kraftlift.home", "..")).resolve("docs/exit-codes.md");

    @Test
    void listsEveryExitCodeAndNoOther() throws IOException {
        List<String> rows = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.matches("\\| [0-9]+ \\|.*"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(ExitCode.values())
                        .map(code -> "| " + code.number() + " | " + code.name() + " | " + code.meaning() + " |")
                        .toList());
    }
}
