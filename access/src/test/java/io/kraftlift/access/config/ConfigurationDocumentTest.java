package io.kraftlift.access.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} says what the catalog says. */
class ConfigurationDocumentTest {
    private static final Path DOCUMENT =
            Path.of(System.getProperty("kraftlift.home", "..")).resolve("docs/configuration.md");

    @Test
    void listsEverySettingWithItsValueAndDefaultAndNoOther() throws IOException {
        List<String> rows = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.matches("\\| `[a-z_0-9]+(\\.[a-z_0-9]+)+` \\|.*"))
                .toList();

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(SettingCatalog.byPath().values().stream()
                        .map(ConfigurationDocumentTest::row)
                        .toList());
    }

    @Test
    void showsAnExampleThatIsRead() throws IOException {
        String document = Files.readString(DOCUMENT);
        String example = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(document)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.joining());
        Map<String, String> environment = Pattern.compile("\\$\\{([A-Z_]+)}")
                .matcher(example)
                .results()
                .map(MatchResult::group)
                .distinct()
                .collect(Collectors.toMap(name -> name.substring(2, name.length() - 1), name -> "x"));

        ReadConfig read = new ConfigReader(environment, SecretSource.NONE)
                .read("example", example.getBytes(StandardCharsets.UTF_8));

        assertThat(read.config().cutover().webhookSecret()).isNotNull();
    }

    private static String row(Setting<?> setting) {
        String list = setting.shape() == Setting.Shape.LIST ? "a list of " : "";
        String none = setting.key().equals("mode") ? "required" : "none";
        String byDefault = setting.byDefault() == null ? none : "`" + setting.byDefault() + "`";
        return "| `" + setting.path() + "` | " + list + setting.type().words() + " | " + byDefault + " |";
    }
}
