package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Kinds of batches that {@link MixedTopics} has not, each shown to be on the source before it is copied. */
@RealClusters(sourceProperties = {"log.cleaner.backoff.ms=100", "log.retention.check.interval.ms=200"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BatchKindsIT {
    private static final long TIME = 1_700_000_000_000L;
    private static final byte[] KEY = {1};
    private static final byte[] VALUE = {2, 2};
    private static final byte[] EMPTY = {};
    private static final byte @Nullable [] NOTHING = null;

    private final Clusters clusters;
    private final String sourceServers;
    private final Admin source;
    private final Admin target;
    private int written;

    BatchKindsIT(Clusters clusters) {
        this.clusters = clusters;
        this.sourceServers = clusters.source().bootstrapServers();
        this.source = Admin.create(Map.of("bootstrap.servers", sourceServers));
        this.target = Admin.create(Map.of("bootstrap.servers", clusters.target().bootstrapServers()));
    }

    @AfterAll
    void close() {
        source.close();
        target.close();
    }

    @Test
    void copiesWhatNoProducerWouldWriteInEveryCodec() throws Exception {
        MixedTopics topics = new MixedTopics("raw", sourceServers, source, 41);
        topics.createOne(target, "raw", CompressionType.values().length);
        try (RawProducer raw = RawProducer.to(sourceServers, topics.name("raw"), CompressionType.values().length)) {
            for (CompressionType codec : CompressionType.values()) {
                writeOddRecords(raw, codec);
            }
        }

        LaneHarness lane = copied(topics);

        for (CompressionType codec : CompressionType.values()) {
            TopicPartition partition = new TopicPartition(topics.name("raw"), codec.id);
            assertThat(SourceLog.batches(sourceServers, partition, 12))
                    .extracting(SourceLog.Seen::codec)
                    .containsOnly(codec.name);
            assertThat(timestamps(partition, lane)).contains(1L, TIME, -1L);
        }
    }

    private static void writeOddRecords(RawProducer raw, CompressionType codec) {
        raw.send(
                codec.id,
                RawProducer.batch(
                        codec,
                        new SimpleRecord(1, KEY, VALUE), // more than 2^31 ms before the next
                        new SimpleRecord(TIME, KEY, VALUE),
                        new SimpleRecord(TIME - 1, KEY, VALUE)));
        raw.send(codec.id, RawProducer.batch(codec, new SimpleRecord(-1, KEY, VALUE)));
        raw.send(
                codec.id,
                RawProducer.batch(
                        codec,
                        new SimpleRecord(TIME, null, VALUE),
                        new SimpleRecord(TIME, KEY, null),
                        new SimpleRecord(TIME, NOTHING, NOTHING),
                        new SimpleRecord(TIME, EMPTY, EMPTY),
                        new SimpleRecord(TIME, KEY, VALUE, header("nothing", null)),
                        new SimpleRecord(TIME, KEY, VALUE, header("empty", EMPTY)),
                        new SimpleRecord(TIME, KEY, VALUE, header("", VALUE)),
                        new SimpleRecord(TIME, KEY, VALUE, new Header[] {
                            new RecordHeader("twice", VALUE), new RecordHeader("twice", KEY)
                        })));
    }

    private static Header[] header(String name, byte @Nullable [] value) {
        return new Header[] {new RecordHeader(name, value)};
    }

    @Test
    void copiesWhatCompactionLeaves() throws Exception {
        MixedTopics topics = new MixedTopics("cleaned", sourceServers, source, 42);
        topics.createCompacted();
        topics.recreateOnTarget(target);
        String topic = topics.name("compacted");
        Map<String, Object> oneBatchEach = Map.of("linger.ms", 10_000);
        try (KafkaProducer<byte[], byte[]> one = topics.producer("lz4", oneBatchEach);
                KafkaProducer<byte[], byte[]> other = topics.producer("lz4", oneBatchEach)) {
            batch(one, topic, "first", "gone"); // loses its last record
            batch(one, topic, "gone", "emptied"); // loses all, and goes
            batch(one, topic, "emptied"); // loses all, and stays empty: it is its producer's last
            batch(other, topic, "gone", "emptied", "kept"); // and this loses its first
            batch(other, topic, "gone");
            batch(other, topic, "later");
            batch(other, topic, "latest");
        }
        TopicPartition partition = new TopicPartition(topic, 0);
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            List<SourceLog.Seen> seen = SourceLog.batches(sourceServers, partition, 9);
            assertThat(seen.get(0)).returns(1, SourceLog.Seen::records).returns(1L, SourceLog.Seen::lastOffset);
            assertThat(seen).anyMatch(batch -> batch.records() == 0 && batch.lastOffset() == 4);
            assertThat(seen).noneMatch(batch -> batch.lastOffset() == 3);
        });
        topics.stopCompaction();

        copied(topics);
    }

    /** Written at times so far apart that the next batch goes into a new segment: the cleaner leaves the newest alone. */
    private void batch(KafkaProducer<byte[], byte[]> producer, String topic, String... keys) throws Exception {
        List<Future<?>> sent = new ArrayList<>();
        for (String key : keys) {
            long time = TIME + 150L * written++;
            sent.add(producer.send(new ProducerRecord<>(topic, 0, time, key.getBytes(StandardCharsets.UTF_8), VALUE)));
        }
        producer.flush();
        for (Future<?> each : sent) {
            each.get();
        }
    }

    @Test
    void copiesTransactionsThatInterleaveAndAControlBatchAtTheEnd() throws Exception {
        MixedTopics topics = new MixedTopics("woven", sourceServers, source, 43);
        topics.createOne(target, "woven", 2);
        String topic = topics.name("woven");
        try (KafkaProducer<byte[], byte[]> one = transactional(topics, "one");
                KafkaProducer<byte[], byte[]> other = transactional(topics, "other");
                KafkaProducer<byte[], byte[]> plain = topics.producer("zstd", Map.of())) {
            for (int round = 0; round < 4; round++) {
                one.beginTransaction();
                other.beginTransaction();
                for (int i = 0; i < 3; i++) {
                    send(one, topic, 0, "one-" + round);
                    send(other, topic, 0, "other-" + round);
                    send(plain, topic, 0, "plain-" + round);
                    send(other, topic, 1, "other-" + round);
                }
                end(one, round % 2 == 0);
                send(plain, topic, 0, "between");
                end(other, round % 3 == 1);
            }
        }
        for (int index = 0; index < 2; index++) {
            TopicPartition partition = new TopicPartition(topic, index);
            long end = LaneHarness.required(LaneHarness.ends(source, List.of(partition)), PartitionId.of(topic, index))
                    .value();
            List<SourceLog.Seen> seen = SourceLog.batches(sourceServers, partition, end);
            assertThat(seen.get(seen.size() - 1).control()).isTrue();
        }

        copied(topics);
    }

    /** The planned end lies in the middle of a transaction: until it ends, nothing after its start may be copied. */
    @Test
    void waitsForATransactionThatIsOpenAtTheSeedsEnd() throws Exception {
        MixedTopics topics = new MixedTopics("open", sourceServers, source, 44);
        topics.createOne(target, "open", 1);
        String topic = topics.name("open");
        TopicPartition partition = new TopicPartition(topic, 0);
        PartitionId id = PartitionId.of(topic, 0);
        try (KafkaProducer<byte[], byte[]> open = transactional(topics, "open");
                KafkaProducer<byte[], byte[]> plain = topics.producer("none", Map.of())) {
            send(plain, topic, 0, "before");
            open.beginTransaction();
            send(open, topic, 0, "inside");
            send(plain, topic, 0, "beside");
            send(open, topic, 0, "inside");
            LanePlan plan = new LanePlan(
                    LaneHarness.LANE,
                    List.of(new LanePartition(id, SourceOffset.of(0), SourceOffset.of(endOf(partition)), 0)));
            send(open, topic, 0, "inside, after the plan");
            LaneHarness lane = new LaneHarness(clusters, new InMemoryObjectStore(), plan);
            CompletableFuture<Void> seed = lane.start(ReplicationMode.SEED);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> lane.hasCheckpoint()
                            && LaneHarness.required(lane.checkpoint().partitions(), id)
                                            .records()
                                    == 1);
            assertThat(seed).isNotDone();

            open.commitTransaction();

            seed.get(30, TimeUnit.SECONDS);
            new Invariants(lane).holdAt(Map.of(id, SourceOffset.of(4)));
            drained(lane);
        }
    }

    private long endOf(TopicPartition partition) throws Exception {
        return source.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
    }

    private static KafkaProducer<byte[], byte[]> transactional(MixedTopics topics, String id) {
        KafkaProducer<byte[], byte[]> producer = topics.producer("lz4", Map.of("transactional.id", topics.name(id)));
        producer.initTransactions();
        return producer;
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, int partition, String value)
            throws InterruptedException, ExecutionException {
        producer.send(new ProducerRecord<>(topic, partition, TIME, KEY, value.getBytes(StandardCharsets.UTF_8)))
                .get();
    }

    private static void end(KafkaProducer<byte[], byte[]> producer, boolean committed) {
        if (committed) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }

    /** A lane that has copied all of the topics. */
    private LaneHarness copied(MixedTopics topics) throws Exception {
        LaneHarness lane =
                new LaneHarness(clusters, new InMemoryObjectStore(), LaneHarness.plan(source, topics.names()));
        lane.seed();
        drained(lane);
        return lane;
    }

    private void drained(LaneHarness lane) throws Exception {
        Map<PartitionId, SourceOffset> ends = LaneHarness.ends(
                source,
                lane.plan.partitions().stream()
                        .map(LanePartition::partition)
                        .map(id -> new TopicPartition(id.topic().value(), id.index()))
                        .toList());
        CompletableFuture<Void> tail = lane.tail();
        lane.control(LaneControl.first().drain(ends));
        lane.awaitDrained(ends, tail);
        new Invariants(lane).holdAt(ends);
        lane.control(LaneControl.first().drain(ends).stop());
        tail.get(20, TimeUnit.SECONDS);
        assertThat(lane.digest().allMatch()).isTrue();
    }

    private List<Long> timestamps(TopicPartition partition, LaneHarness lane) {
        long end = Objects.requireNonNull(
                        lane.checkpoint().partitions().get(PartitionId.of(partition.topic(), partition.partition())))
                .targetNext()
                .value();
        return ReferenceReader.read(clusters.target().bootstrapServers(), partition, 0, end).stream()
                .map(seen -> Long.parseLong(
                        seen.content().substring(0, seen.content().indexOf(" "))))
                .toList();
    }
}
