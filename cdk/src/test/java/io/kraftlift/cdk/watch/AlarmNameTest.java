package io.kraftlift.cdk.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmNameTest {
    private static final Path HOME = Path.of(System.getProperty("kraftlift.home", ".."));

    @Test
    void hasAnArticleInTheRunbookAndNoOtherAlarmHasOne() throws IOException {
        List<String> articles = Files.readAllLines(HOME.resolve("docs/runbook.md")).stream()
                .filter(line -> line.startsWith("### "))
                .map(line -> line.substring(4))
                .toList();

        assertThat(articles)
                .containsExactlyElementsOf(
                        Arrays.stream(AlarmName.values()).map(AlarmName::key).toList());
    }

    /** The one metric that is counted from a log: the line must be there to be counted. */
    @Test
    void countsALineThatWorkersReallyLog() throws IOException {
        String[] line = Alarms.WORKER_FAILED.split(" ", 2);
        String source = Files.readString(
                HOME.resolve("fargate-replicator/src/main/java/io/kraftlift/replicator/" + line[0] + ".java"));
        String layout =
                Files.readString(HOME.resolve("fargate-replicator/src/main/resources/kraftlift-worker-logback.xml"));

        assertThat(source).contains("LoggerFactory.getLogger(" + line[0] + ".class)", ".log(\"" + line[1] + "\")");
        assertThat(layout).contains("%logger{0} %msg");
    }
}
