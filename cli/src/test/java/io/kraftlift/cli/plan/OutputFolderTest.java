package io.kraftlift.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.cli.plan.OutputFolder.Overwriting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
    @TempDir
    private Path folder = Path.of("replaced by JUnit");

    @Test
    void makesTheFolderAndLeavesNothingElseInIt() throws IOException {
        new OutputFolder(folder.resolve("new/plan"), Overwriting.REFUSED).write(files("a.json", "b.md"));

        assertThat(names(folder.resolve("new/plan"))).containsExactlyInAnyOrder("a.json", "b.md");
        assertThat(folder.resolve("new/plan/b.md")).hasContent("new b.md");
    }

    @Test
    void refusesToOverwriteAndNamesTheFileAndWritesNothing() throws IOException {
        Files.writeString(folder.resolve("b.md"), "old");
        OutputFolder output = new OutputFolder(folder, Overwriting.REFUSED);

        assertThatThrownBy(() -> output.write(files("a.json", "b.md")))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.OPERATOR_ACTION_NEEDED))
                .hasMessageContaining(folder.resolve("b.md") + ": must not be there")
                .hasMessageEndingWith("overwrite it with --force");
        assertThat(names(folder)).containsExactly("b.md");
        assertThat(folder.resolve("b.md")).hasContent("old");
    }

    @Test
    void overwritesWhenItIsForced() throws IOException {
        Files.writeString(folder.resolve("b.md"), "old");

        new OutputFolder(folder, Overwriting.FORCED).write(files("a.json", "b.md"));

        assertThat(folder.resolve("b.md")).hasContent("new b.md");
        assertThat(names(folder)).containsExactlyInAnyOrder("a.json", "b.md");
    }

    @Test
    void leavesEveryFileAsItWasWhenOneCannotBeWritten() throws IOException {
        Files.writeString(folder.resolve("a.json"), "old");
        // Where the second file would be written aside, there is a folder.
        Files.createDirectories(folder.resolve(".aside-b.md/full"));

        assertThatThrownBy(() -> new OutputFolder(folder, Overwriting.FORCED).write(files("a.json", "b.md")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("must be a folder that can be written to");
        assertThat(folder.resolve("a.json")).hasContent("old");
        assertThat(folder.resolve("b.md")).doesNotExist();
    }

    private static Map<String, byte[]> files(String... names) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : names) {
            files.put(name, ("new " + name).getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }
}
