package io.kraftlift.benchmarks.data;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Makes the records of one topic; the same topic, the same records. Confined to one thread. */
final class RecordMaker {
    private static final String[] WORDS = {
        "priority", "standard", "express", "shipment", "invoice", "warehouse", "region", "europe", "america", "asia",
        "pending", "active", "closed", "failed", "retry", "customer", "payment", "refund", "partial", "complete"
    };

    /** An arbitrary time in the past; records lie a millisecond apart. */
    private static final long FIRST_TIMESTAMP = 1_750_000_000_000L;

    /** So many records in a row go to one partition, as from a partitioner that fills batches. */
    private static final int RUN = 50;

    private final BenchTopic topic;
    private final SplittableRandom random;
    private long made;

    RecordMaker(BenchTopic topic) {
        this.topic = topic;
        this.random = new SplittableRandom(topic.name().hashCode());
    }

    /** The next record: one in three without a key, one in four with headers, one in a thousand a tombstone. */
    ProducerRecord<byte[], byte[]> next() {
        byte[] key = made % 3 == 0 ? null : ascii("key-" + random.nextInt(1_000_000));
        byte[] value = made % 1_000 == 999 ? null : value();
        return record((int) (made / RUN % topic.partitions()), key, value);
    }

    /** A record of one of so many keys. */
    ProducerRecord<byte[], byte[]> keyed(int keys) {
        int key = random.nextInt(keys);
        byte[] value = random.nextInt(10) == 0 ? null : value();
        return record(key % topic.partitions(), ascii("key-" + key), value);
    }

    private ProducerRecord<byte[], byte[]> record(
            int partition,
            byte @org.jspecify.annotations.Nullable [] key,
            byte @org.jspecify.annotations.Nullable [] value) {
        RecordHeaders headers = new RecordHeaders();
        if (made % 4 == 0) {
            headers.add("trace", ascii(Long.toHexString(random.nextLong())));
        }
        if (made % 8 == 0) {
            headers.add("origin", null);
        }
        return new ProducerRecord<>(topic.topic(), partition, FIRST_TIMESTAMP + made++, key, value, headers);
    }

    private byte[] value() {
        int size = topic.shape().recordBytes();
        return topic == BenchTopic.PLAIN ? noise(size) : json(size);
    }

    /** Printable bytes of six random bits each. */
    private byte[] noise(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i += 8) {
            long bits = random.nextLong();
            for (int j = i; j < Math.min(size, i + 8); j++) {
                bytes[j] = (byte) (' ' + (bits & 63));
                bits >>>= 8;
            }
        }
        return bytes;
    }

    private byte[] json(int size) {
        StringBuilder text = new StringBuilder(size + 64);
        text.append("{\"id\":\"").append(Long.toHexString(random.nextLong()));
        text.append("\",\"customer\":").append(random.nextInt(5_000_000));
        text.append(",\"status\":\"").append(word()).append("\",\"lines\":[");
        while (text.length() < size - 60) {
            text.append("{\"sku\":\"").append(word()).append('-').append(random.nextInt(100_000));
            text.append("\",\"quantity\":").append(random.nextInt(20));
            text.append(",\"cents\":").append(random.nextInt(100_000)).append("},");
        }
        text.append("{}]}");
        while (text.length() < size) {
            text.append(' ');
        }
        return ascii(text.toString());
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
