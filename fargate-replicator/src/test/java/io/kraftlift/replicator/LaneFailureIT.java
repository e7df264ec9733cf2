package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kraftlift.access.json.Documents;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.stores.ObjectSummary;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lane that is at work when something goes wrong ends with the failure's name; none of them stands still. */
@RealClusters(sourceProperties = {"log.cleaner.backoff.ms=100", "log.retention.check.interval.ms=200"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LaneFailureIT {
    private final Clusters clusters;
    private final Admin source;
    private final Admin target;

    LaneFailureIT(Clusters clusters) {
        this.clusters = clusters;
        this.source = Admin.create(Map.of("bootstrap.servers", clusters.source().bootstrapServers()));
        this.target = Admin.create(Map.of("bootstrap.servers", clusters.target().bootstrapServers()));
    }

    @AfterAll
    void close() {
        source.close();
        target.close();
    }

    @Test
    void stopsWhenSomebodyElseWritesToTheTargetDuringTheTail() throws Exception {
        MixedTopics topics = new MixedTopics("intruded", clusters.source().bootstrapServers(), source, 21);
        LaneHarness lane = lane(topics);
        CompletableFuture<Void> tail = lane.tail();
        topics.write("none", "none", 12);
        awaitCopied(lane, 12);
        try (KafkaProducer<byte[], byte[]> stranger =
                topics.producerTo(clusters.target().bootstrapServers())) {
            stranger.send(new ProducerRecord<>(topics.name("none"), 0, new byte[1], new byte[2]))
                    .get();
        }

        topics.write("none", "none", 6);

        assertThat(failureOf(tail).failureName()).isEqualTo(FailureName.FOREIGN_WRITER);
        assertThat(failureOf(tail))
                .hasMessageContaining(topics.name("none") + "/0")
                .hasMessageContaining("12");
    }

    @Test
    void noticesARecordThatSomebodyElseWritesToAPartitionWithoutNews() throws Exception {
        MixedTopics topics = new MixedTopics("idle", clusters.source().bootstrapServers(), source, 24);
        LaneHarness lane = lane(topics);
        CompletableFuture<Void> tail = lane.tail();
        topics.write("none", "none", 12);
        awaitCopied(lane, 12);

        intrude(topics, 0);

        assertThat(failureOf(tail))
                .hasMessageContaining("FOREIGN_WRITER")
                .hasMessageContaining(topics.name("none") + "/0 on the target: offsets 12 to 12 ");
    }

    @Test
    void namesAForeignRecordWhenItIsToDrainThoughNothingIsLeftToSend() throws Exception {
        MixedTopics topics = new MixedTopics("undrained", clusters.source().bootstrapServers(), source, 25);
        topics.createOne("lz4", 1);
        LaneHarness lane = lane(topics);
        CompletableFuture<Void> tail = lane.tail();
        topics.write("lz4", "lz4", 6);
        topics.write("none", "none", 6);
        awaitCopied(lane, 6);
        intrude(topics, 0);

        lane.control(LaneControl.first().drain(ends(lane)));

        assertThat(failureOf(tail))
                .hasMessageContaining("FOREIGN_WRITER")
                .hasMessageContaining(topics.name("none") + "/0 on the target: offsets 6 to 6 ");
    }

    @Test
    void doesNotCallASeedCompleteWhereSomebodyElseWrote() throws Exception {
        MixedTopics topics = new MixedTopics("unseeded", clusters.source().bootstrapServers(), source, 26);
        topics.createOne("lz4", 1);
        topics.createOne(target, "none", 1);
        topics.write("lz4", "lz4", 12);
        LaneHarness lane =
                new LaneHarness(clusters, new InMemoryObjectStore(), LaneHarness.plan(source, topics.names()));
        // The topic without records has nothing to send that could show it.
        AtomicBoolean intruded = new AtomicBoolean();
        ObjectStore meddled = new HookedStore(lane.store, key -> {
            if (key.equals(lane.objects.segment(LaneHarness.LANE, 1)) && intruded.compareAndSet(false, true)) {
                intrude(topics, 0);
            }
        });

        KraftliftFailure refused = failureOf(lane.over(meddled).start(ReplicationMode.SEED));

        assertThat(intruded).isTrue();
        assertThat(refused)
                .hasMessageContaining("FOREIGN_WRITER")
                .hasMessageContaining(topics.name("none") + "/0 on the target: offsets 0 to 0 ");
        assertThat(lane.store.get(lane.objects.laneResult(ReplicationMode.SEED, LaneHarness.LANE)))
                .isEmpty();
    }

    /** One damaged object of each kind stops a worker that would go on; what is stored and what is copied stay. */
    @ParameterizedTest
    @ValueSource(strings = {"checkpoints/3.json", "lanes/3/000000000001.seg", "offsets/", "control/", "leases/"})
    void refusesToGoOnFromADamagedObject(String damagedPart) throws Exception {
        MixedTopics topics = new MixedTopics(
                "damaged-" + damagedPart.substring(0, 5), clusters.source().bootstrapServers(), source, 27);
        LaneHarness lane = lane(topics);
        CompletableFuture<Void> tail = lane.tail();
        topics.write("none", "none", 12);
        drain(lane, tail);
        lane.control(LaneControl.first());
        // A checkpoint from before the records, so that the log is needed.
        Checkpoint last = lane.checkpoint();
        if (damagedPart.startsWith("lanes/")) {
            Checkpoint none = new Checkpoint(Checkpoint.FORMAT, LaneHarness.LANE, -1, -1, Map.of(), List.of());
            lane.store.put(lane.objects.checkpoint(LaneHarness.LANE), ByteBuffer.wrap(Documents.write(none)));
            assertThat(last.segment()).isPositive();
        }
        topics.write("none", "none", 6);
        ObjectKey key = lane.store.list(new ObjectKey(lane.objects.migration().value())).stream()
                .map(ObjectSummary::key)
                .filter(there -> there.value().contains(damagedPart))
                .findFirst()
                .orElseThrow();
        byte[] bytes = lane.store.get(key).orElseThrow().content();
        bytes[bytes.length / 2] ^= (byte) 0xff;
        lane.store.put(key, ByteBuffer.wrap(bytes));
        Map<ObjectKey, ByteBuffer> before = everything(lane, key);

        KraftliftFailure refused = failureOf(lane.tail());

        assertThat(refused.failureName()).isEqualTo(FailureName.OBJECT_DAMAGED);
        assertThat(refused).hasMessageContaining(key.value()).hasMessageContaining("nothing was changed");
        assertThat(everything(lane, key)).isEqualTo(before);
        TopicPartition partition = new TopicPartition(topics.name("none"), 0);
        assertThat(target.listOffsets(Map.of(partition, OffsetSpec.latest()))
                        .partitionResult(partition)
                        .get()
                        .offset())
                .isEqualTo(12);
    }

    /** Everything but the lease of a worker that is let in. */
    private static Map<ObjectKey, ByteBuffer> everything(LaneHarness lane, ObjectKey damaged) {
        Map<ObjectKey, ByteBuffer> all = new TreeMap<>();
        for (ObjectSummary summary :
                lane.store.list(new ObjectKey(lane.objects.migration().value()))) {
            if (summary.key().equals(damaged) || !summary.key().value().contains("/leases/")) {
                lane.store
                        .get(summary.key())
                        .ifPresent(object -> all.put(summary.key(), ByteBuffer.wrap(object.content())));
            }
        }
        return all;
    }

    private void intrude(MixedTopics topics, int partition) {
        try (KafkaProducer<byte[], byte[]> stranger =
                topics.producerTo(clusters.target().bootstrapServers())) {
            stranger.send(new ProducerRecord<>(topics.name("none"), partition, new byte[1], new byte[2]))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void copiesABatchOfJustTheSizeThatTheTargetAllows() throws Exception {
        MixedTopics topics = new MixedTopics("exact", clusters.source().bootstrapServers(), source, 28);
        LaneHarness lane = lane(topics);
        try (RawProducer raw = RawProducer.to(clusters.source().bootstrapServers(), topics.name("none"), 1)) {
            MemoryRecords batch = RawProducer.batch(
                    CompressionType.NONE, new SimpleRecord(1_700_000_000_000L, new byte[1], new byte[5000]));
            alter(
                    new ConfigResource(ConfigResource.Type.TOPIC, topics.name("none")),
                    Integer.toString(batch.sizeInBytes()));
            raw.send(0, batch);
        }
        CompletableFuture<Void> tail = lane.tail();

        drain(lane, tail);

        new Invariants(lane).holdAt(ends(lane));
    }

    @Test
    void namesTheBatchThatTheTargetFindsTooLargeAndGoesOnOnceItMayBe() throws Exception {
        MixedTopics topics = new MixedTopics("wide", clusters.source().bootstrapServers(), source, 22);
        LaneHarness lane = lane(topics);
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, topics.name("none"));
        alter(topic, "2000");
        try (KafkaProducer<byte[], byte[]> producer = topics.producer("none", Map.of())) {
            producer.send(new ProducerRecord<>(topics.name("none"), 0, new byte[1], new byte[5000]))
                    .get();
        }

        KraftliftFailure refused =
                failureOf(lane.over(new PrivateLease(lane.store)).tail());

        assertThat(refused.failureName()).isEqualTo(FailureName.RECORD_TOO_LARGE);
        assertThat(refused)
                .hasMessageContaining(topics.name("none") + "/0")
                .hasMessageContaining("max.message.bytes")
                .hasMessageMatching(".* of 50[0-9][0-9] bytes .*");
        alter(topic, "6000");
        CompletableFuture<Void> tail = lane.over(new PrivateLease(lane.store)).tail();
        drain(lane, tail);
        new Invariants(lane).holdAt(ends(lane));
    }

    @Test
    void leavesTheLaneToTheWorkerThatHoldsIt() throws Exception {
        MixedTopics topics = new MixedTopics("held", clusters.source().bootstrapServers(), source, 23);
        LaneHarness lane = lane(topics);
        CompletableFuture<Void> tail = lane.tail();
        topics.write("none", "none", 6);
        awaitCopied(lane, 6);

        KraftliftFailure refused =
                failureOf(lane.waitingForALease(Duration.ofMillis(300)).tail());

        assertThat(refused.failureName()).isEqualTo(FailureName.LANE_LEASE_HELD);
        assertThat(ExitStatus.of(refused).code()).isEqualTo(20);
        drain(lane, tail);
        new Invariants(lane).holdAt(ends(lane));
    }

    private LaneHarness lane(MixedTopics topics) throws Exception {
        topics.createOne(target, "none", 1);
        return new LaneHarness(clusters, new InMemoryObjectStore(), LaneHarness.plan(source, topics.names()));
    }

    private void alter(ConfigResource topic, String maxMessageBytes) throws Exception {
        AlterConfigOp set =
                new AlterConfigOp(new ConfigEntry("max.message.bytes", maxMessageBytes), AlterConfigOp.OpType.SET);
        target.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> LaneHarness.required(
                                target.describeConfigs(List.of(topic)).all().get(), topic)
                        .get("max.message.bytes")
                        .value()
                        .equals(maxMessageBytes));
    }

    private void drain(LaneHarness lane, CompletableFuture<Void> tail) throws Exception {
        Map<PartitionId, SourceOffset> ends = ends(lane);
        lane.control(LaneControl.first().drain(ends));
        lane.awaitDrained(ends, tail);
        lane.control(LaneControl.first().drain(ends).stop());
        tail.get(20, TimeUnit.SECONDS);
    }

    private Map<PartitionId, SourceOffset> ends(LaneHarness lane) throws Exception {
        return LaneHarness.ends(
                source,
                lane.plan.partitions().stream()
                        .map(LanePartition::partition)
                        .map(id -> new TopicPartition(id.topic().value(), id.index()))
                        .collect(Collectors.toList()));
    }

    private static void awaitCopied(LaneHarness lane, int records) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> lane.hasCheckpoint()
                        && lane.checkpoint().partitions().values().stream()
                                .allMatch(progress -> progress.records() == records));
    }

    private static KraftliftFailure failureOf(CompletableFuture<Void> run) throws Exception {
        try {
            run.get(40, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (Objects.requireNonNull(e.getCause()) instanceof KraftliftFailure failure) {
                return failure;
            }
            throw e;
        }
        throw new AssertionError("the run ended well");
    }
}
