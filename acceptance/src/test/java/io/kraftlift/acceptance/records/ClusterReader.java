package io.kraftlift.acceptance.records;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads every committed record of partitions, from their start to their end as of the call. */
public final class ClusterReader {
    private static final Duration AT_MOST = Duration.ofMinutes(3);

    private final String bootstrapServers;

    public ClusterReader(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** The records of each partition in order; a partition without records has an empty list. */
    public Map<TopicPartition, List<SeenRecord>> readAll(Set<TopicPartition> partitions) {
        Map<TopicPartition, List<SeenRecord>> seen = new HashMap<>();
        partitions.forEach(partition -> seen.put(partition, new ArrayList<>()));
        Map<String, Object> settings = new TreeMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Instant deadline = Instant.now().plus(AT_MOST);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (Instant.now().isAfter(deadline)) {
                    throw new AssertionError("not read within " + AT_MOST + ": " + bootstrapServers);
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    seen.getOrDefault(new TopicPartition(record.topic(), record.partition()), new ArrayList<>())
                            .add(SeenRecord.of(record));
                }
            }
        }
        return seen;
    }
}
