package io.kraftlift.access.validation;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.validation.RecordImage;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads single records of many partitions as any consumer would, READ_COMMITTED: one consumer stands in many partitions
 * at once, takes one record of each, and leaves the partition.
 *
 * <p>Confined to one thread.
 */
final class RecordLookup implements AutoCloseable {
    /** So that a round's answers stay in tens of megabytes: 200 partitions at a fetch of 64 KiB are 13 MB. */
    private static final int PARTITIONS_AT_ONCE = 200;

    private static final int FETCH_BYTES = 64 << 10;
    private static final Duration POLL = Duration.ofMillis(200);

    /** Without any record for as long as a leader election may take, twice over, the cluster counts as silent. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Consumer<byte[], byte[]> consumer;
    private final Clock clock;
    private final String side;

    private RecordLookup(Consumer<byte[], byte[]> consumer, Clock clock, String side) {
        this.consumer = consumer;
        this.clock = clock;
        this.side = side;
    }

    /**
     * Connects.
     *
     * @param side source or target, for messages
     */
    static RecordLookup open(Map<String, Object> clientProperties, Clock clock, String side) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        return new RecordLookup(
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()), clock, side);
    }

    /** A record with its place. */
    record Found(long offset, RecordImage image) {}

    /**
     * For each partition the first record at or after the offset; none where the log ends before one.
     *
     * @throws TryAgain BROKER_UNREACHABLE when the cluster does not answer
     */
    Map<PartitionId, Found> firstAtOrAfter(Map<PartitionId, Long> offsets) {
        Map<PartitionId, Found> found = new TreeMap<>();
        List<PartitionId> all = new ArrayList<>(offsets.keySet());
        try {
            for (int from = 0; from < all.size(); from += PARTITIONS_AT_ONCE) {
                List<PartitionId> some = all.subList(from, Math.min(all.size(), from + PARTITIONS_AT_ONCE));
                look(some, offsets, found);
            }
        } catch (KafkaException e) {
            throw Answers.named(e, "reading records from the " + side);
        }
        return found;
    }

    private void look(List<PartitionId> some, Map<PartitionId, Long> offsets, Map<PartitionId, Found> found) {
        List<TopicPartition> partitions =
                some.stream().map(ClusterFacts::partitionOf).toList();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> waiting = new HashMap<>();
        for (PartitionId id : some) {
            TopicPartition partition = ClusterFacts.partitionOf(id);
            long offset = offsets.getOrDefault(id, 0L);
            if (offset < ends.getOrDefault(partition, 0L)) {
                waiting.put(partition, offset);
            }
        }
        consumer.assign(waiting.keySet());
        // Partitions that were assigned before are still paused.
        consumer.resume(waiting.keySet());
        waiting.forEach(consumer::seek);
        Instant deadline = clock.instant().plus(PATIENCE);
        while (!waiting.isEmpty()) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            boolean progress = false;
            for (TopicPartition partition : List.copyOf(waiting.keySet())) {
                @Nullable ConsumerRecord<byte[], byte[]> first = firstOf(records.records(partition));
                // Markers and aborted records are passed over without a record: the position tells of them.
                if (first != null || consumer.position(partition) >= ends.getOrDefault(partition, 0L)) {
                    if (first != null) {
                        found.put(ClusterFacts.idOf(partition), new Found(first.offset(), imageOf(first)));
                    }
                    waiting.remove(partition);
                    consumer.pause(List.of(partition));
                    progress = true;
                }
            }
            if (progress) {
                deadline = clock.instant().plus(PATIENCE);
            } else if (clock.instant().isAfter(deadline)) {
                throw new TryAgain(
                        FailureName.BROKER_UNREACHABLE,
                        "the " + side + " gave no record for " + PATIENCE.toSeconds() + " s of " + waiting);
            }
        }
    }

    private static @Nullable ConsumerRecord<byte[], byte[]> firstOf(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.isEmpty() ? null : records.get(0);
    }

    private static RecordImage imageOf(ConsumerRecord<byte[], byte[]> record) {
        List<RecordImage.Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new RecordImage.Header(header.key(), bufferOf(header.value())));
        }
        return new RecordImage(bufferOf(record.key()), bufferOf(record.value()), headers, record.timestamp());
    }

    private static @Nullable ByteBuffer bufferOf(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
