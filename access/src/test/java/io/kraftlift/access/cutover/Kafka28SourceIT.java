package io.kraftlift.access.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.access.groups.ParallelReads;
import io.kraftlift.access.groups.SourceGroups;
import io.kraftlift.access.precheck.FactsProber;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.brokers.KafkaRelease;
import io.kraftlift.core.config.TopicSelection;
import io.kraftlift.core.groups.CommittedPosition;
import io.kraftlift.core.groups.GroupId;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.GroupInventory;
import io.kraftlift.core.inventory.MetadataMode;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.precheck.Finding;
import io.kraftlift.core.precheck.Precheck;
import io.kraftlift.core.precheck.PrecheckCode;
import io.kraftlift.core.precheck.PrecheckFacts;
import io.kraftlift.core.precheck.Severity;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the functions ask a source for that its brokers, of an old release, may not know. */
@RealClusters(sourceRelease = KafkaRelease.KAFKA_2_8)
class Kafka28SourceIT {
    private final Clusters clusters;

    Kafka28SourceIT(Clusters clusters) {
        this.clusters = clusters;
    }

    @TempDir
    Path directory;

    @Test
    void isReadWithItsGroupsAndTakesSentinels() throws Exception {
        String topic = "old.read";
        prepare(topic);
        try (MigrationRun run = over(topic);
                ParallelReads threads = new ParallelReads();
                SentinelPublisher records =
                        new RecordSentinels(run.config().source(), run.migration(), CutoverStage.PATIENCE);
                SentinelPublisher markers = new MarkerSentinels(run, CutoverStage.PATIENCE)) {
            PrecheckFacts facts = new FactsProber(run).gather();

            ClusterInventory source = facts.source().fold(known -> known, why -> {
                throw new AssertionError(why);
            });
            assertThat(source.mode()).isEqualTo(MetadataMode.ZOOKEEPER);
            assertThat(source.release())
                    .hasValueSatisfying(release -> assertThat(release).hasToString("2.8"));
            assertThat(source.groups().or(List.of()))
                    .extracting(GroupInventory::id)
                    .contains("group-" + topic);
            assertThat(new SourceGroups(run.source())
                            .snapshot(CutoverStage.PATIENCE)
                            .positions()
                            .get(new GroupId("group-" + topic)))
                    .containsEntry(PartitionId.of(topic, 0), new CommittedPosition(SourceOffset.of(3), "note"));
            assertThat(records.publish(threads, List.of(PartitionId.of(topic, 0)))
                            .sentinels())
                    .containsEntry(PartitionId.of(topic, 0), SourceOffset.of(0));
            assertThat(markers.publish(threads, List.of(PartitionId.of(topic, 0)))
                            .sentinels())
                    .containsEntry(PartitionId.of(topic, 0), SourceOffset.of(1));
            assertThat(Precheck.findings(facts))
                    .filteredOn(finding -> finding.severity() == Severity.BLOCKER)
                    .isEmpty();
            assertThat(Precheck.findings(facts))
                    .filteredOn(finding -> finding.code() == PrecheckCode.W09)
                    .extracting(Finding::seen)
                    .singleElement()
                    .asString()
                    .contains("of a release that cannot list its transactions");
        }
    }

    @Test
    void isNotBlockedByTransactionsThatComeAndGoHoweverOldTheirTimestampsAre() throws Exception {
        String topic = "old.lively";
        prepare(topic);
        AtomicBoolean writing = new AtomicBoolean(true);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try (Producer<byte[], byte[]> producer = producer("lively")) {
                producer.initTransactions();
                while (writing.get()) {
                    producer.beginTransaction();
                    Future<RecordMetadata> sent = producer.send(hourOld(topic));
                    producer.flush();
                    producer.commitTransaction();
                    assertThat(sent).isDone();
                }
            }
        });
        try (MigrationRun run = over(topic)) {
            PrecheckFacts facts = new FactsProber(run).gather();
            writing.set(false);
            writer.join();

            assertThat(Precheck.findings(facts)).extracting(Finding::code).doesNotContain(PrecheckCode.B18);
        }
    }

    @Test
    void isBlockedByATransactionThatStandsStillWithItsLastRecordOlderThanAnyTimeout() throws Exception {
        String topic = "old.hanging";
        prepare(topic);
        try (Producer<byte[], byte[]> producer = producer("hanging");
                MigrationRun run = over(topic)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(hourOld(topic)).get();

            PrecheckFacts facts = new FactsProber(run).gather();
            producer.abortTransaction();

            assertThat(Precheck.findings(facts))
                    .filteredOn(finding -> finding.code() == PrecheckCode.B18)
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.subject()).isEqualTo(topic + "/0"));
        }
    }

    @Test
    void isTooOldToBeATarget() throws Exception {
        String topic = "old.target";
        prepare(topic);
        try (MigrationRun run = over(
                topic, clusters.target().bootstrapServers(), clusters.source().bootstrapServers())) {
            assertThat(Precheck.findings(new FactsProber(run).gather()))
                    .filteredOn(finding -> finding.code() == PrecheckCode.B06)
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.seen()).isEqualTo("Kafka 2.8"));
        }
    }

    private static ProducerRecord<byte[], byte[]> hourOld(String topic) {
        return new ProducerRecord<>(
                topic, 0, Instant.now().minus(Duration.ofHours(1)).toEpochMilli(), new byte[] {1}, new byte[] {2});
    }

    private Producer<byte[], byte[]> producer(String transactionalId) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", clusters.source().bootstrapServers(), "transactional.id", transactionalId),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private void prepare(String topic) throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", clusters.source().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            admin.alterConsumerGroupOffsets(
                            "group-" + topic, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(3, "note")))
                    .all()
                    .get();
        }
    }

    private MigrationRun over(String topic) {
        return over(
                topic, clusters.source().bootstrapServers(), clusters.target().bootstrapServers());
    }

    private MigrationRun over(String topic, String source, String target) {
        return Runs.open(
                directory,
                source,
                target,
                Runs.cutover(URI.create("http://127.0.0.1:1/"), Duration.ofMinutes(1)),
                Surroundings.real(),
                new TopicSelection(List.of(topic), List.of()));
    }
}
