package io.kraftlift.acceptance.records;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A record as a consumer saw it, with null told from empty. Bytes are kept as lists of digits, so that records compare. */
public record SeenRecord(
        long offset, long timestamp, @Nullable String key, @Nullable String value, List<String> headers) {
    static SeenRecord of(ConsumerRecord<byte[], byte[]> record) {
        return new SeenRecord(
                record.offset(),
                record.timestamp(),
                text(record.key()),
                text(record.value()),
                Arrays.stream(record.headers().toArray())
                        .map(header -> header.key() + "=" + text(header.value()))
                        .toList());
    }

    /** Everything but the offset. */
    public SeenRecord content() {
        return new SeenRecord(0, timestamp, key, value, headers);
    }

    /** Large values by length, digest and start; that is enough to tell any two apart. */
    private static @Nullable String text(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        byte[] start = Arrays.copyOf(bytes, Math.min(16, bytes.length));
        return bytes.length + ":" + sha256(bytes) + ":" + Arrays.toString(start);
    }

    private static String sha256(byte[] bytes) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
