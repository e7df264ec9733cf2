package io.kraftlift.replicator;

import io.kraftlift.core.stores.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The plain consumer: what anybody reads. Shares no code with the mover. */
final class ReferenceReader {
    /** Enough of a digest to tell any two records of a test apart. */
    private static final int DIGITS = 16;

    private ReferenceReader() {}

    /**
     * A record as a consumer sees it.
     *
     * @param content key, value, timestamp and headers, as text that differs where they differ
     */
    record Seen(long offset, String content) {}

    /** Every committed record of a partition from {@code from} to {@code end}. */
    static List<Seen> read(String servers, TopicPartition partition, long from, long end) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", servers);
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", false);
        // Else closing waits for the fetch that waits at the log's end.
        properties.put("fetch.max.wait.ms", 5);
        properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
        properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
        List<Seen> seen = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties)) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, from);
            long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
            while (consumer.position(partition) < end && System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.offset() < end) {
                        seen.add(new Seen(record.offset(), content(record)));
                    }
                }
            }
        }
        return seen;
    }

    static List<String> contents(List<Seen> seen) {
        return seen.stream().map(Seen::content).toList();
    }

    private static String content(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder text = new StringBuilder();
        text.append(record.timestamp()).append(Arrays.toString(record.key())).append(Arrays.toString(record.value()));
        for (Header header : record.headers()) {
            text.append(header.key()).append('=').append(Arrays.toString(header.value()));
        }
        return record.timestamp() + " "
                + Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8))
                        .hex()
                        .substring(0, DIGITS);
    }
}
