package io.kraftlift.local.workload;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Makes the records of one topic, one after the other; equal seeds make equal records. Not safe for several threads. */
final class DemoRecords {
    private static final String[] WORDS = {
        "priority", "standard", "express", "shipment", "invoice", "warehouse", "region", "europe", "america", "asia",
        "pending", "active", "closed", "failed", "retry", "customer", "payment", "refund", "partial", "complete"
    };

    /** Records of a topic lie a millisecond apart, the first at this time before the fill. */
    private static final long SPAN_MILLIS = 3_600_000;

    /** So many records in a row go to one partition, as from a partitioner that fills batches. */
    static final int RUN = 5;

    private final DemoTopic topic;
    private final SplittableRandom random;
    private final long firstTimestamp;
    private final StringBuilder text = new StringBuilder(1024);
    private long made;
    private long bytes;

    DemoRecords(DemoTopic topic, DemoScale scale, Instant now) {
        this.topic = topic;
        this.random = new SplittableRandom(scale.seed() * 31 + topic.topic().hashCode());
        this.firstTimestamp = now.toEpochMilli() - SPAN_MILLIS;
    }

    /** Bytes of keys, values and headers made so far. */
    long bytes() {
        return bytes;
    }

    long made() {
        return made;
    }

    SplittableRandom random() {
        return random;
    }

    /** A record with a JSON value of 150 to 650 bytes; every third has no key, every fourth has headers. */
    ProducerRecord<byte[], byte[]> json() {
        byte[] key = made % 3 == 0 ? null : ascii("key-" + random.nextInt(1_000_000));
        return next(key, jsonValue(150 + random.nextInt(500)), made % 4 == 0 ? tracing() : new RecordHeaders());
    }

    /** A record of one of so many keys, in ten a tombstone; a key always goes to the same partition. */
    ProducerRecord<byte[], byte[]> keyed(int keys) {
        int key = random.nextInt(keys);
        byte[] value = random.nextInt(10) == 0 ? null : jsonValue(200 + random.nextInt(200));
        return record(key % topic.partitions(), ascii("key-" + key), value, new RecordHeaders());
    }

    /** A record with a value of that many bytes, which compress about by half. */
    ProducerRecord<byte[], byte[]> sized(int size) {
        var value = new byte[size];
        for (int i = 0; i < size; i++) {
            value[i] = (byte) ('a' + random.nextInt(16));
        }
        return next(null, value, new RecordHeaders());
    }

    ProducerRecord<byte[], byte[]> next(byte @Nullable [] key, byte @Nullable [] value, RecordHeaders headers) {
        return record((int) (made / RUN % topic.partitions()), key, value, headers);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private ProducerRecord<byte[], byte[]> record(
            int partition, byte @Nullable [] key, byte @Nullable [] value, RecordHeaders headers) {
        bytes += length(key) + length(value);
        for (Header header : headers) {
            bytes += header.key().length() + length(header.value());
        }
        return new ProducerRecord<>(topic.topic(), partition, firstTimestamp + made++, key, value, headers);
    }

    private static int length(byte @Nullable [] part) {
        return part == null ? 0 : part.length;
    }

    private RecordHeaders tracing() {
        var headers = new RecordHeaders();
        headers.add("trace", ascii(Long.toHexString(random.nextLong())));
        if (made % 8 == 0) {
            headers.add("origin", null);
        }
        return headers;
    }

    private byte[] jsonValue(int size) {
        text.setLength(0);
        text.append("{\"id\":\"").append(Long.toHexString(random.nextLong()));
        text.append("\",\"customer\":").append(random.nextInt(5_000_000));
        text.append(",\"status\":\"").append(word()).append("\",\"lines\":[");
        while (text.length() < size - 50) {
            text.append("{\"sku\":\"").append(word()).append('-').append(random.nextInt(100_000));
            text.append("\",\"quantity\":").append(random.nextInt(20));
            text.append(",\"cents\":").append(random.nextInt(100_000)).append("},");
        }
        return ascii(text.append("{}]}").toString());
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }
}
