package io.kraftlift.access.cutover;

import io.kraftlift.access.groups.BrokerReply;
import io.kraftlift.access.groups.ParallelReads;
import io.kraftlift.access.kafka.ClientProperties;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.cutover.SentinelsReport;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sentinels that are records, written to all partitions in one go. Topics of an old message format (0 or 1) take neither headers
 * nor idempotent producers: they refuse the sentinel unwritten, and get one without headers from a plain producer. Should
 * a retry write that one twice, the last of the two counts, and one that comes even later is found before the commit.
 */
final class RecordSentinels implements SentinelPublisher {
    private static final byte[] KEY = SentinelsReport.KEY.getBytes(StandardCharsets.UTF_8);

    private final MigrationId migration;
    private final Producer<byte[], byte[]> producer;
    private final Map<String, Object> plainProperties;

    /** @param timeout how long publishing may take as a whole, at least a second */
    RecordSentinels(ClusterSettings source, MigrationId migration, Duration timeout) {
        this.migration = migration;
        Map<String, Object> properties = ClientProperties.of(source, "source");
        int millis = Math.toIntExact(timeout.toMillis());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        this.plainProperties = new HashMap<>(properties);
        plainProperties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        plainProperties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        this.producer = producer(properties);
    }

    private static Producer<byte[], byte[]> producer(Map<String, Object> properties) {
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Learns where the topics' leaders are, which the first record of each topic would wait for. */
    @Override
    public void warm(ParallelReads threads, Collection<PartitionId> partitions) throws InterruptedException {
        threads.read(
                byTopic(partitions).keySet(),
                topic -> Optional.of(
                        guarded(() -> producer.partitionsFor(topic.value()).size())));
    }

    @Override
    public Published publish(ParallelReads threads, Collection<PartitionId> partitions) throws InterruptedException {
        // The first record of a topic waits for its metadata; side by side, many topics share one metadata request.
        Map<TopicName, List<PartitionId>> topics = byTopic(partitions);
        Map<PartitionId, Future<RecordMetadata>> answers = new HashMap<>();
        threads.read(
                        topics.keySet(),
                        topic -> Optional.of(guarded(() -> sendAll(topics.getOrDefault(topic, List.of())))))
                .values()
                .forEach(answers::putAll);
        producer.flush();
        List<PartitionId> withoutHeaders = new ArrayList<>();
        for (Map.Entry<PartitionId, Future<RecordMetadata>> answer : answers.entrySet()) {
            if (isRefusedForItsFormat(answer.getValue())) {
                withoutHeaders.add(answer.getKey());
            }
        }
        if (!withoutHeaders.isEmpty()) {
            try (Producer<byte[], byte[]> plain = producer(plainProperties)) {
                withoutHeaders.forEach(
                        partition -> answers.put(partition, guarded(() -> plain.send(plainSentinel(partition)))));
                plain.flush();
            }
        }
        return new Published(offsetsOf(answers), null);
    }

    private static Map<PartitionId, SourceOffset> offsetsOf(Map<PartitionId, Future<RecordMetadata>> answers)
            throws InterruptedException {
        Map<PartitionId, SourceOffset> sentinels = new TreeMap<>();
        for (Map.Entry<PartitionId, Future<RecordMetadata>> answer : answers.entrySet()) {
            RecordMetadata written =
                    BrokerReply.await(answer.getValue(), "source: writing the sentinel of " + answer.getKey());
            sentinels.put(answer.getKey(), SourceOffset.of(written.offset()));
        }
        return sentinels;
    }

    private static boolean isRefusedForItsFormat(Future<RecordMetadata> answer) throws InterruptedException {
        try {
            answer.get();
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnsupportedForMessageFormatException;
        }
    }

    private ProducerRecord<byte[], byte[]> plainSentinel(PartitionId partition) {
        byte[] value = SentinelsReport.valueWithoutHeaders(migration, partition).getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(partition.topic().value(), partition.index(), KEY, value);
    }

    private Map<PartitionId, Future<RecordMetadata>> sendAll(List<PartitionId> partitions) {
        Map<PartitionId, Future<RecordMetadata>> answers = new HashMap<>();
        for (PartitionId partition : partitions) {
            List<Header> headers = new ArrayList<>();
            headers.add(header(SentinelsReport.MIGRATION_HEADER, migration.value()));
            headers.add(header(SentinelsReport.PARTITION_HEADER, partition.toString()));
            answers.put(
                    partition,
                    producer.send(
                            new ProducerRecord<>(partition.topic().value(), partition.index(), KEY, KEY, headers)));
        }
        return answers;
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<TopicName, List<PartitionId>> byTopic(Collection<PartitionId> partitions) {
        return partitions.stream().collect(Collectors.groupingBy(PartitionId::topic));
    }

    private static <T> T guarded(Supplier<T> call) {
        try {
            return call.get();
        } catch (KafkaException e) {
            throw BrokerReply.named(e, "source: preparing the sentinels");
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
