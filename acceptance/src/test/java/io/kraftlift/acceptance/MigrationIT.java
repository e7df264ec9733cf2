package io.kraftlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.acceptance.records.ClusterReader;
import io.kraftlift.acceptance.records.SeenRecord;
import io.kraftlift.access.journal.Journal;
import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.access.signing.EvidenceVerifier;
import io.kraftlift.access.stores.FileObjectStore;
import io.kraftlift.core.evidence.VerificationResult;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.validation.Outcome;
import io.kraftlift.local.demo.Demo;
import io.kraftlift.local.demo.DemoOptions;
import io.kraftlift.local.demo.DemoSummary;
import io.kraftlift.local.workload.LiveConsumer;
import io.kraftlift.statemachine.Decision;
import io.kraftlift.statemachine.Gate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * One whole migration of the demo's cluster. Both clusters are read by an ordinary consumer while the source stands still
 * and the client switch is not yet acknowledged: nothing was compacted or deleted on the target by then.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MigrationIT {
    private static final double SCALE = 0.1;

    private Demo demo;
    private DemoSummary summary;
    private List<String> journal = List.of();
    private Map<TopicPartition, List<SeenRecord>> source = Map.of();
    private Map<TopicPartition, List<SeenRecord>> target = Map.of();
    private Map<String, Map<TopicPartition, OffsetAndMetadata>> sourceGroups = Map.of();
    private Map<String, Map<TopicPartition, OffsetAndMetadata>> targetGroups = Map.of();

    @BeforeAll
    void migrate(@TempDir Path directory) throws Exception {
        Path home = Path.of(System.getProperty("kraftlift.home"));
        demo = new Demo(
                home,
                new DemoOptions(directory.resolve("demo"), SCALE, DemoOptions.Approval.GIVEN, DemoOptions.Ending.STOP),
                Surroundings.real());
        summary = demo.run((gate, stillOpen) -> {
            if (gate.gate() == Gate.CLIENT_SWITCH) {
                readBothSides();
            }
            return Optional.of(Decision.APPROVE);
        });
        journal = journalOf(directory.resolve("demo").resolve("backup"));
    }

    private static List<String> journalOf(Path backup) {
        return new Journal(
                        new FileObjectStore(backup),
                        new MigrationObjects(new MigrationId("demo")),
                        Surroundings.real().clock())
                .entries().stream().map(JournalEntry::what).toList();
    }

    @AfterAll
    void endEveryProcess() {
        demo.close();
    }

    private void readBothSides() {
        try (Admin sourceAdmin = admin(demo.source());
                Admin targetAdmin = admin(demo.target())) {
            Set<TopicPartition> partitions = partitions(sourceAdmin);
            source = new ClusterReader(demo.source()).readAll(partitions);
            target = new ClusterReader(demo.target()).readAll(partitions);
            sourceGroups = groups(sourceAdmin);
            targetGroups = groups(targetAdmin);
        } catch (Exception e) {
            throw new AssertionError("both sides must be readable", e);
        }
    }

    private static Admin admin(String bootstrapServers) {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    private static Set<TopicPartition> partitions(Admin admin) throws Exception {
        return admin.describeTopics(admin.listTopics().names().get()).allTopicNames().get().values().stream()
                .flatMap(topic ->
                        topic.partitions().stream().map(part -> new TopicPartition(topic.name(), part.partition())))
                .collect(Collectors.toSet());
    }

    private static Map<String, Map<TopicPartition, OffsetAndMetadata>> groups(Admin admin) throws Exception {
        Map<String, ListConsumerGroupOffsetsSpec> asked = new TreeMap<>();
        admin.listGroups().all().get().forEach(group -> asked.put(group.groupId(), new ListConsumerGroupOffsetsSpec()));
        return new TreeMap<>(admin.listConsumerGroupOffsets(asked).all().get());
    }

    @Test
    void endsFinalizedWithEveryCheckPassedAndGenuineEvidence() throws Exception {
        assertThat(summary.checks())
                .hasSize(5)
                .allSatisfy(check -> assertThat(check.outcome())
                        .as(check.name() + ": " + check.reason())
                        .isEqualTo(Outcome.PASSED));
        assertThat(summary.phases().get(summary.phases().size() - 1).name()).isEqualTo("finalized");
        assertThat(EvidenceVerifier.verify(Files.readAllBytes(Path.of(summary.evidence())), null))
                .isInstanceOf(VerificationResult.Genuine.class);
    }

    @Test
    void hasTheSizeAndTheVarietyThatItPromises() {
        assertThat(source.keySet().stream()
                        .map(TopicPartition::topic)
                        .distinct()
                        .count())
                .isGreaterThanOrEqualTo(12);
        assertThat(source.size()).isGreaterThanOrEqualTo(60);
        assertThat(sourceGroups.size()).isGreaterThanOrEqualTo(8);
    }

    @Test
    void bringsEveryRecordOfEveryPartitionOnceAndInOrder() {
        SoftAssertions softly = new SoftAssertions();
        source.forEach((partition, records) -> softly.assertThat(contents(recordsOf(target, partition)))
                .as(partition.toString())
                .isEqualTo(contents(records)));
        softly.assertAll();
        assertThat(source.values().stream().mapToLong(List::size).sum()).isGreaterThan(10_000);
    }

    @Test
    void letsEveryGroupReadNextWhatItWouldHaveReadNext() {
        SoftAssertions softly = new SoftAssertions();
        sourceGroups.forEach((group, positions) -> {
            if (group.equals(LiveConsumer.GROUP)) {
                // It reads from the target by now, so its position there is its own.
                return;
            }
            positions.forEach((partition, position) -> {
                OffsetAndMetadata there =
                        targetGroups.getOrDefault(group, Map.of()).get(partition);
                softly.assertThat(there).as("%s on %s", group, partition).isNotNull();
                if (there != null) {
                    softly.assertThat(nextFrom(recordsOf(target, partition), there.offset()))
                            .as("what %s reads next of %s", group, partition)
                            .isEqualTo(nextFrom(recordsOf(source, partition), position.offset()));
                    softly.assertThat(there.metadata()).isEqualTo(position.metadata());
                }
            });
        });
        softly.assertAll();
    }

    @Test
    void showsTheLiveConsumerEveryRecordExactlyOnceOverTheSwitch() {
        assertThat(summary.consumer().produced()).isPositive();
        assertThat(summary.consumer().exactlyOnce())
                .as(summary.consumer().toString())
                .isTrue();
    }

    /** What the states that are worth a line have to say, in the order in which the machine entered them. */
    @Test
    void keepsAJournalThatIsTheExecutionsHistory() {
        Map<String, List<String>> sentences = Map.ofEntries(
                Map.entry("ClaimRun", List.of("migration claimed")),
                Map.entry("Plan", List.of("plan written")),
                Map.entry("Precheck", List.of("precheck passed")),
                Map.entry("CopyTopology", List.of("topology_copy", "topology copied")),
                Map.entry("Seed", List.of("seed")),
                Map.entry("AwaitDrainReady", List.of("tail", "drain_ready")),
                Map.entry("RecordCutoverApproval", List.of("cutover approved")),
                Map.entry("FreezeProducers", List.of("freeze")),
                Map.entry("VerifyOffsetFloor", List.of("READY_FOR_CLIENT_SWITCH")),
                Map.entry("RecordAcknowledgement", List.of("client switch acknowledged")),
                Map.entry("Validate", List.of("the five checks begin", "the five checks were made")),
                Map.entry("SealEvidence", List.of("the evidence was signed and stored")));
        List<String> expected = demo.history().stream()
                .filter(event -> event.detailsName().equals("stateEnteredEventDetails"))
                .flatMap(event ->
                        sentences.getOrDefault(event.details().path("name").asText(), List.of()).stream())
                .toList();

        assertThat(journal).isEqualTo(expected);
        assertThat(expected).hasSize(15);
    }

    private static List<SeenRecord> recordsOf(Map<TopicPartition, List<SeenRecord>> side, TopicPartition partition) {
        return side.getOrDefault(partition, List.of());
    }

    private static List<SeenRecord> contents(List<SeenRecord> records) {
        return records.stream().map(SeenRecord::content).toList();
    }

    private static Optional<SeenRecord> nextFrom(List<SeenRecord> records, long offset) {
        return records.stream()
                .filter(record -> record.offset() >= offset)
                .findFirst()
                .map(SeenRecord::content);
    }
}
