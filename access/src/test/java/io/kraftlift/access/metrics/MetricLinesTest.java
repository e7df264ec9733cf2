package io.kraftlift.access.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kraftlift.access.journal.Journal;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.metrics.MetricName;
import io.kraftlift.core.metrics.MetricName.Detail;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MetricLinesTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_123L), ZoneOffset.UTC);

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(MetricLines.LOGGER);

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    @Test
    void countForTheDeploymentAndForTheLane() {
        deployed().say(Detail.LANE, "3", Map.of(MetricName.BYTES_PER_SECOND, 2_500.0));

        assertThat(said())
                .containsExactly("{\"_aws\":{\"Timestamp\":1700000000123,\"CloudWatchMetrics\":[{"
                        + "\"Namespace\":\"Kraftlift\",\"Dimensions\":[[\"Deployment\"],[\"Deployment\",\"Lane\"]],"
                        + "\"Metrics\":[{\"Name\":\"BytesPerSecond\",\"Unit\":\"Bytes/Second\"}]}]},"
                        + "\"Deployment\":\"orders\",\"Lane\":\"3\",\"BytesPerSecond\":2500.0}");
    }

    @Test
    void countForTheDeploymentAloneWhereThereIsNothingElse() {
        deployed().count(MetricName.FREEZE_AGE, 4.5);

        assertThat(said())
                .singleElement()
                .asString()
                .contains("\"Dimensions\":[[\"Deployment\"]]", "\"FreezeAge\":4.5");
    }

    @Test
    void areSilentOutsideOfADeployment() {
        MetricLines.of(surroundings(Map.of())).count(MetricName.FREEZE_AGE, 4.5);
        MetricLines.of(surroundings(Map.of(MetricName.DEPLOYMENT_VARIABLE, " ")))
                .count(MetricName.FREEZE_AGE, 4.5);

        assertThat(said()).isEmpty();
    }

    @Test
    void refuseAMetricThatIsCountedByAnotherDetail() {
        MetricLines metrics = deployed();

        assertThatThrownBy(() -> metrics.count(MetricName.GAPS, 1))
                .hasMessage("GAPS: must be counted by LANE, was by NONE");
    }

    @Test
    void countAPhaseOnceWhenTheJournalMovesToIt() {
        Journal journal =
                new Journal(new InMemoryObjectStore(), new MigrationObjects(new MigrationId("m")), CLOCK, deployed());

        journal.append(Phase.SEED, "seed begins", Map.of());
        journal.append(Phase.SEED, "seed goes on", Map.of());
        journal.append(Phase.TAIL, "seed ends", Map.of());

        assertThat(said())
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"Phase\":\"seed\"", "\"PhaseEntered\":1.0"),
                        line -> assertThat(line).contains("\"Phase\":\"tail\""));
    }

    private List<String> said() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static MetricLines deployed() {
        return MetricLines.of(surroundings(Map.of(MetricName.DEPLOYMENT_VARIABLE, "orders")));
    }

    private static Surroundings surroundings(Map<String, String> environment) {
        return new Surroundings(environment, CLOCK, duration -> {}, new SecureRandom());
    }
}
