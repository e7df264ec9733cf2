package io.kraftlift.access.cutover;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kraftlift.access.groups.StoredOffsetMaps;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.config.CutoverSettings;
import io.kraftlift.core.config.TopicSelection;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.LanePlans;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.offsets.OffsetMap;
import io.kraftlift.core.offsets.OffsetMapFormat;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.testkit.Clusters;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** One topic of two partitions on both clusters, a run about it, and a worker that copies it record by record. */
final class CutoverStage implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final String topic;
    final ProducersSideServer producersSide = new ProducersSideServer();
    final MigrationRun run;
    final Clusters clusters;
    final StoredOffsetMaps maps;
    final KafkaProducer<byte[], byte[]> sourceProducer;
    final KafkaProducer<byte[], byte[]> targetProducer;
    private final Map<PartitionId, OffsetMap> copied = new TreeMap<>();
    private long segment = -1;

    CutoverStage(Clusters clusters, Path directory, String topic, Duration longestFreeze) {
        this(clusters, directory, topic, Runs.cutover(null, longestFreeze));
    }

    /** @param cutover but for the webhook, which is this stage's */
    CutoverStage(Clusters clusters, Path directory, String topic, CutoverSettings cutover) {
        this.clusters = clusters;
        this.topic = topic;
        this.run = Runs.open(
                directory,
                clusters.source().bootstrapServers(),
                clusters.target().bootstrapServers(),
                Runs.cutover(producersSide.address(), cutover.maxProducerFreeze(), cutover.sentinel()),
                Surroundings.real(),
                new TopicSelection(List.of(topic, topic + "-*"), List.of()));
        this.maps = new StoredOffsetMaps(run.backup(), run.objects());
        this.sourceProducer = producer(clusters.source().bootstrapServers(), null);
        this.targetProducer = producer(clusters.target().bootstrapServers(), null);
        for (Admin admin : List.of(run.source(), run.target())) {
            get(admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all());
        }
    }

    PartitionId partition(int index) {
        return PartitionId.of(topic, index);
    }

    TopicPartition kafkaPartition(int index) {
        return new TopicPartition(topic, index);
    }

    static KafkaProducer<byte[], byte[]> producer(String servers, @Nullable String transactionalId) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", servers);
        if (transactionalId != null) {
            properties.put("transactional.id", transactionalId);
        }
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    ProducerRecord<byte[], byte[]> record(int partition, String value) {
        return new ProducerRecord<>(topic, partition, null, value.getBytes(UTF_8));
    }

    /** Writes two records to partition 0 in a transaction that is aborted, whose marker takes a third offset. */
    void produceAborted() {
        try (KafkaProducer<byte[], byte[]> aborting =
                producer(clusters.source().bootstrapServers(), "aborting-" + topic)) {
            aborting.initTransactions();
            aborting.beginTransaction();
            send(aborting, record(0, "aborted"));
            send(aborting, record(0, "aborted"));
            aborting.abortTransaction();
        }
    }

    void produce(int partition, int from, int until) {
        for (int number = from; number < until; number++) {
            Future<RecordMetadata> unused = sourceProducer.send(record(partition, "r" + number));
        }
        sourceProducer.flush();
    }

    /** Sends one record and waits for its acknowledgement. */
    static void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    void commitOnSource(String group, Map<TopicPartition, OffsetAndMetadata> offsets) {
        get(run.source().alterConsumerGroupOffsets(group, offsets).all());
    }

    void commitOnTarget(String group, int partition, long offset) {
        get(run.target()
                .alterConsumerGroupOffsets(group, Map.of(kafkaPartition(partition), new OffsetAndMetadata(offset)))
                .all());
    }

    @Nullable
    OffsetAndMetadata committedOnTarget(String group, int partition) {
        return get(run.target().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .get(kafkaPartition(partition));
    }

    /** Writes the plan from the source's log starts. */
    void plan() {
        List<LanePartition> planned = new ArrayList<>();
        for (int index = 0; index < 2; index++) {
            long start = offset(run.source(), index, OffsetSpec.earliest());
            long end = offset(run.source(), index, OffsetSpec.latest());
            planned.add(new LanePartition(partition(index), SourceOffset.of(start), SourceOffset.of(end), 0));
            copied.put(partition(index), new OffsetMap(partition(index), SourceOffset.of(start), TargetOffset.of(0)));
        }
        run.write(run.objects().plan("lanes.json"), new LanePlans(List.of(new LanePlan(new LaneId(0), planned))));
    }

    long offset(Admin admin, int index, OffsetSpec spec) {
        TopicPartition partition = kafkaPartition(index);
        return get(admin.listOffsets(Map.of(partition, spec)).partitionResult(partition))
                .offset();
    }

    /** Copies everything there is, as a worker's next segment; writes maps and checkpoint. */
    void copy() {
        Map<PartitionId, PartitionProgress> progress = new HashMap<>();
        copied.forEach((partition, map) -> {
            long end = offset(run.source(), partition.index(), OffsetSpec.latest());
            copyTo(map, end);
            run.backup().put(run.objects().offsetMap(partition), ByteBuffer.wrap(OffsetMapFormat.write(map)));
            progress.put(
                    partition,
                    new PartitionProgress(
                            map.coveredTo(),
                            map.targetNext(),
                            map.targetNext().value() - map.targetStart().value(),
                            100,
                            Sha256.of(new byte[] {1})));
        });
        segment++;
        run.write(
                run.objects().checkpoint(new LaneId(0)),
                new Checkpoint(Checkpoint.FORMAT, new LaneId(0), segment, segment, progress, List.of()));
    }

    private void copyTo(OffsetMap map, long end) {
        TopicPartition partition = kafkaPartition(map.partition().index());
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(clusters.source().bootstrapServers(), Map.of())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, map.coveredTo().value());
            for (int poll = 0; consumer.position(partition) < end; poll++) {
                if (poll > 200) {
                    throw new IllegalStateException(partition + " does not reach " + end);
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.offset() < end) {
                        Future<RecordMetadata> unused = targetProducer.send(new ProducerRecord<>(
                                topic, partition.partition(), record.key(), record.value(), record.headers()));
                        map.append(record.offset(), 1);
                    }
                }
            }
        }
        targetProducer.flush();
        map.advance(SourceOffset.of(end).value());
    }

    static KafkaConsumer<byte[], byte[]> consumer(String servers, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("bootstrap.servers", servers);
        properties.put("isolation.level", "read_committed");
        properties.putIfAbsent("auto.offset.reset", "none");
        properties.put("enable.auto.commit", "false");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The value that a group reads next in a partition; empty when there is none. */
    Optional<String> nextOnTarget(String group, int index) {
        TopicPartition partition = kafkaPartition(index);
        try (KafkaConsumer<byte[], byte[]> consumer =
                consumer(clusters.target().bootstrapServers(), Map.of("group.id", group))) {
            consumer.assign(List.of(partition));
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(2))) {
                return Optional.of(new String(record.value(), UTF_8));
            }
            return Optional.empty();
        }
    }

    static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        sourceProducer.close(Duration.ofSeconds(1));
        targetProducer.close(Duration.ofSeconds(1));
        run.close();
        producersSide.close();
    }
}
