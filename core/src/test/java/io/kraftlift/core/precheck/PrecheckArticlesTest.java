package io.kraftlift.core.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrecheckArticlesTest {
    @Test
    void everyCodeHasItsArticleAndEveryArticleItsCode() throws IOException {
        Path document = Path.of(System.getProperty("kraftlift.home"), "docs", "precheck-codes.md");
        List<String> headings = Files.readAllLines(document).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();

        assertThat(headings)
                .containsExactlyElementsOf(Arrays.stream(PrecheckCode.values())
                        .map(code -> code + ": " + code.title())
                        .toList());
    }
}
