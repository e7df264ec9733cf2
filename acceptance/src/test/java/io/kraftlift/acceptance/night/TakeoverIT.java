package io.kraftlift.acceptance.night;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.acceptance.night.Faults.Moment;
import io.kraftlift.acceptance.records.ClusterReader;
import io.kraftlift.acceptance.records.SeenRecord;
import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.ownership.LeaseObject;
import io.kraftlift.access.ownership.MigrationLease;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.local.states.ExecutionArn;
import io.kraftlift.local.states.ExecutionDescription;
import io.kraftlift.local.states.ExecutionStatus;
import io.kraftlift.statemachine.Decision;
import io.kraftlift.statemachine.FunctionName;
import io.kraftlift.statemachine.Gate;
import io.kraftlift.statemachine.Mode;
import io.kraftlift.statemachine.payloads.OpenedGate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One migration that one execution after the other has: stopped, taken over, rolled back, begun anew. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TakeoverIT {
    private static final TopicPartition FIRST = new TopicPartition(NightStage.RESUMED, 0);
    private static final Set<TopicPartition> PARTITIONS = Set.of(FIRST, new TopicPartition(NightStage.RESUMED, 1));
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private NightStage stage;
    private Night night;

    @BeforeAll
    void begin(@TempDir Path directory) throws Exception {
        stage = new NightStage(Path.of(System.getProperty("kraftlift.home")), directory);
        night = stage.begin("resumed", "resumed.*");
    }

    @AfterAll
    void end() {
        stage.close();
    }

    @Test
    @Order(1)
    void goesOnAsANewExecutionWithoutCopyingARecordTwice() throws Exception {
        OpenedGate unused = night.awaitGate(Gate.CUTOVER);
        ExecutionArn first = night.execution;
        assertThat(night.stop().status()).isEqualTo(ExecutionStatus.ABORTED);
        NightStage.write(stage.source.bootstrapServers(), FIRST, 50);

        night.next(Mode.MIGRATE);

        awaitEqualSides();
        assertThat(lease().generation()).isEqualTo(2);
        assertThat(lease().owner()).isEqualTo(night.execution.toString());
        redriveInVain(first);
    }

    /** It goes on where it stopped, which is after its claim. */
    private void redriveInVain(ExecutionArn first) throws Exception {
        Instant unused = stage.machine.server().redrive(first);
        ExecutionDescription end = stage.machine.server().await(first, PATIENCE);
        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(end.cause()).contains("MIGRATION_OWNED_BY_ANOTHER_RUN", "has lost the migration");
        assertThat(stage.machine.server().describe(night.execution).status()).isEqualTo(ExecutionStatus.RUNNING);
        NightStage.write(stage.source.bootstrapServers(), FIRST, 1);
        awaitEqualSides();
    }

    @Test
    @Order(2)
    void rollsBackWhatWasStoppedAnywhereAndLeavesTheTargetToAPerson() throws Exception {
        assertThat(night.stop().status()).isEqualTo(ExecutionStatus.ABORTED);

        night.next(Mode.ROLLBACK);

        assertThat(night.end().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        JsonNode account = account();
        assertThat(account.path("topics_created").toString()).isEqualTo("[\"" + NightStage.RESUMED + "\"]");
        assertThat(account.path("owner").asText()).isEqualTo(night.execution.toString());
        assertThat(night.journal()).last().extracting(JournalEntry::to).isEqualTo(Phase.ROLLED_BACK);
        assertThat(stage.machine.workers().running()).isEmpty();
        assertThat(topicsOfTheTarget()).contains(NightStage.RESUMED);
    }

    @Test
    @Order(3)
    void doesNotGoOnByItself() throws Exception {
        night.next(Mode.MIGRATE);

        ExecutionDescription end = night.end();

        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(end.cause()).contains("MIGRATION_ROLLED_BACK");
    }

    @Test
    @Order(4)
    void beginsAnewOnceNobodyReadsWhatItMade() throws Exception {
        try (KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", stage.target.bootstrapServers(), "group.id", "early"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            reader.subscribe(List.of(NightStage.RESUMED));
            while (reader.assignment().isEmpty()) {
                var unused = reader.poll(Duration.ofMillis(200));
            }
            night.next(Mode.RESTART);
            ExecutionDescription end = night.end();
            assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(end.cause()).contains("TARGET_IN_USE", "group early has members");
            assertThat(topicsOfTheTarget()).contains(NightStage.RESUMED);
        }

        stage.faults.plan(Moment.AFTER, FunctionName.CLEAR_TARGET, Faults::fail);
        night.redrive();
        assertThat(night.end().cause()).contains("a planned failure");
        assertThat(lease().restart()).isEqualTo(1);
        assertThat(topicsOfTheTarget()).doesNotContain(NightStage.RESUMED);
        night.redrive();
        night.afterRestart(1);

        OpenedGate gate = night.awaitGate(Gate.CUTOVER);
        awaitEqualSides();
        night.answer(gate, Decision.REJECT);
        assertThat(night.end().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(night.run.objects().rollback().value()).endsWith("rollback-2.json");
        assertThat(account().path("topics_created").size()).isEqualTo(1);
    }

    @Test
    @Order(5)
    void deletesNothingThatSomebodyElseWroteTo() throws Exception {
        NightStage.write(stage.target.bootstrapServers(), FIRST, 1);

        night.next(Mode.RESTART);

        ExecutionDescription end = night.end();
        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(end.cause()).contains("TARGET_IN_USE", "resumed.orders/0 ends at");
        assertThat(topicsOfTheTarget()).contains(NightStage.RESUMED);
    }

    private MigrationLease lease() {
        return new LeaseObject(night.run).find().orElseThrow();
    }

    private JsonNode account() {
        ObjectKey key = night.run.objects().rollback();
        return Documents.read(night.run.evidence().get(key).orElseThrow().content(), JsonNode.class, key.value());
    }

    private Set<String> topicsOfTheTarget() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stage.target.bootstrapServers()))) {
            return admin.listTopics().names().get();
        }
    }

    /** Until both sides have equally many records; then they must be the same, one by one. */
    private void awaitEqualSides() {
        Night.patiently("the copy")
                .atMost(PATIENCE)
                .until(() -> counts(target()).equals(counts(source())));
        assertThat(target()).isEqualTo(source());
    }

    private Map<TopicPartition, List<SeenRecord>> source() {
        return contents(stage.source.bootstrapServers());
    }

    private Map<TopicPartition, List<SeenRecord>> target() {
        return contents(stage.target.bootstrapServers());
    }

    private static Map<TopicPartition, List<SeenRecord>> contents(String servers) {
        return new ClusterReader(servers)
                .readAll(PARTITIONS).entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> entry.getValue().stream()
                                        .map(SeenRecord::content)
                                        .toList()));
    }

    private static Map<TopicPartition, Integer> counts(Map<TopicPartition, List<SeenRecord>> contents) {
        return contents.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().size()));
    }
}
