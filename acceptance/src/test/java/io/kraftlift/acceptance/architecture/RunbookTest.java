package io.kraftlift.acceptance.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.failures.FailureName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The runbook has an article for every way to fail, and for no other. */
class RunbookTest {
    @Test
    void hasAnArticlePerFailureNameInItsOrderAndWithItsFamily() throws IOException {
        List<String> lines = Files.readAllLines(Path.of(System.getProperty("kraftlift.home"), "docs/runbook.md"));

        List<String> articles = lines.stream()
                .filter(line -> line.startsWith("## ") || line.startsWith("Family: "))
                .toList();

        assertThat(articles)
                .containsExactlyElementsOf(Arrays.stream(FailureName.values())
                        .flatMap(name -> List.of("## " + name, "Family: " + familyOf(name) + ".").stream())
                        .toList());
    }

    private static String familyOf(FailureName name) {
        return switch (name.family()) {
            case OPERATOR_ACTION_NEEDED -> "operator action";
            case TRY_AGAIN -> "try again";
            case INVARIANT_BROKEN -> "invariant broken";
        };
    }
}
