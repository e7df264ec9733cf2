package io.kraftlift.access.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kraftlift.access.metrics.MetricLines;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.metrics.MetricName;
import io.kraftlift.testkit.time.MovedClock;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What is counted of a freeze, over a clock that the test moves. No cluster is asked. */
final class FreezeCountsTest {
    private static final Instant BEGAN = Instant.parse("2026-03-04T05:06:07Z");

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(MetricLines.LOGGER);
    private final MigrationRun run;
    private final FreezeObject freezes;
    private final MovedClock clock = new MovedClock(BEGAN);

    FreezeCountsTest(@TempDir Path directory) {
        Surroundings surroundings = new Surroundings(
                Map.of(MetricName.DEPLOYMENT_VARIABLE, "orders"), clock, duration -> {}, new SecureRandom());
        run = Runs.open(
                directory,
                "localhost:1",
                "localhost:2",
                Runs.cutover(URI.create("http://localhost:1"), Duration.ofSeconds(60)),
                surroundings);
        freezes = new FreezeObject(run);
    }

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void close() {
        logger.detachAppender(lines);
        run.close();
    }

    @Test
    void areItsAgeWheneverSomethingBecomesOfIt() {
        freezes.request(Duration.ofSeconds(60));
        clock.moveTo(BEGAN.plusMillis(2_500));
        freezes.proven();
        clock.moveTo(BEGAN.plusSeconds(4));
        freezes.committed();

        assertThat(said()).contains("\"FreezeAge\":0.0", "\"FreezeAge\":2.5", "\"FreezeAge\":4.0");
        assertThat(said()).doesNotContain("FrozenTooLong");
    }

    @Test
    void areNotTooLongWhereAnExecutionThatIsAliveGivesUpAtTheDeadline() {
        freezes.request(Duration.ofSeconds(60));
        clock.moveTo(BEGAN.plusSeconds(63));
        freezes.releasing();
        clock.moveTo(BEGAN.plusSeconds(80));
        freezes.released(1);

        assertThat(said()).doesNotContain("FrozenTooLong").contains("\"FreezeAge\":80.0");
    }

    @Test
    void areTooLongWhereNobodyHadGivenUpByThen() {
        freezes.request(Duration.ofSeconds(60));
        clock.moveTo(BEGAN.plusSeconds(66));
        freezes.releasing();
        freezes.released(1);

        assertThat(said()).containsOnlyOnce("\"FrozenTooLong\":1.0");
    }

    private String said() {
        return lines.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList()
                .toString();
    }
}
