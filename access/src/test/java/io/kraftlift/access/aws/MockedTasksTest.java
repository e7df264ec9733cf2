package io.kraftlift.access.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.json.Documents;
import io.kraftlift.statemachine.DefinitionFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That what is mocked is still there to be mocked. */
class MockedTasksTest {
    @ParameterizedTest
    @ValueSource(strings = {MockedTasks.MIGRATES, MockedTasks.GIVES_UP})
    void answersForTasksOfTheDefinitionOnly(String testCase) throws IOException {
        JsonNode mocks = Documents.mapper()
                .readTree(Path.of(System.getProperty("kraftlift.home", ".."))
                        .resolve(MockedTasks.FILE)
                        .toFile());
        Set<String> tasks = new TreeSet<>();
        collect(Documents.mapper().readTree(DefinitionFile.MIGRATION.text()), tasks);

        JsonNode answers = mocks.path("StateMachines")
                .path(MockedTasks.MACHINE)
                .path("TestCases")
                .path(testCase);

        assertThat(answers.properties()).isNotEmpty().allSatisfy(answer -> {
            assertThat(tasks).contains(answer.getKey());
            assertThat(mocks.path("MockedResponses").has(answer.getValue().asText()))
                    .isTrue();
        });
    }

    private static void collect(JsonNode node, Set<String> tasks) {
        node.path("States").properties().forEach(state -> {
            if (state.getValue().path("Type").asText().equals("Task")) {
                tasks.add(state.getKey());
            }
        });
        node.forEach(child -> collect(child, tasks));
    }
}
