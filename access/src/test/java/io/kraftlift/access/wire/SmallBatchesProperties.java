package io.kraftlift.access.wire;

import static io.kraftlift.access.wire.KafkaBatches.batchOf;
import static io.kraftlift.access.wire.KafkaBatches.copy;
import static io.kraftlift.access.wire.KafkaBatches.recordsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.batches.BatchHeader;
import io.kraftlift.core.batches.SmallBatches;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.internals.ByteBufferOutputStream;
import org.junit.jupiter.api.Test;

/** Kafka's own writer makes the batches and Kafka's own reader reads them and what became of them. */
final class SmallBatchesProperties {
    private static final long[] TIMES = {
        RecordBatch.NO_TIMESTAMP, 0, 1, 1_700_000_000_000L, 1_700_000_000_001L, Long.MAX_VALUE / 4
    };

    @Test
    void joinedBatchesHaveTheRecordsOfAllInOrderAndNothingElse() {
        for (long seed = 0; seed < 3_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<ByteBuffer> batches = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
                ByteBuffer batch = batch(random, 1 + random.nextInt(5));
                batches.add(batch);
                recordsOf(batch).forEach(record -> expected.add(text(record)));
            }

            ByteBuffer joined = SmallBatches.join(batches).orElseThrow();

            MutableRecordBatch read = batchOf(joined);
            read.ensureValid();
            assertThat(read.sizeInBytes()).as("seed %d", seed).isEqualTo(joined.remaining());
            assertThat(read.baseOffset()).isZero();
            assertThat(read.lastOffset()).as("seed %d", seed).isEqualTo(expected.size() - 1L);
            assertThat(read.isTransactional()).isFalse();
            assertThat(read.maxTimestamp())
                    .as("seed %d", seed)
                    .isEqualTo(batches.stream()
                            .mapToLong(batch -> batchOf(batch).maxTimestamp())
                            .max()
                            .orElseThrow());
            List<Record> records = recordsOf(joined);
            assertThat(records)
                    .extracting(SmallBatchesProperties::text)
                    .as("seed %d", seed)
                    .isEqualTo(expected);
            for (int i = 0; i < records.size(); i++) {
                assertThat(records.get(i).offset()).as("seed %d", seed).isEqualTo(i);
            }
        }
    }

    @Test
    void whatIsNotWhatItsHeaderSaysIsNotJoined() {
        ByteBuffer whole = batch(new SplittableRandom(1), 4);
        for (int at = 61; at < whole.limit(); at++) {
            ByteBuffer damaged = copy(whole);
            damaged.put(at, (byte) (damaged.get(at) ^ 0x7f));

            Optional<ByteBuffer> joined = SmallBatches.join(List.of(damaged, whole));

            // Damage in a key or a value cannot be seen here, the checksum was checked before; damage of lengths can.
            joined.ifPresent(batch -> assertThat(BatchHeader.count(batch, 0)).isEqualTo(8));
        }
    }

    @Test
    void compressedOrLargeBatchesAreNotSmall() {
        MemoryRecordsBuilder compressed = builder(Compression.lz4().build(), RecordBatch.NO_PRODUCER_ID, false);
        compressed.append(5, new byte[1], new byte[1]);
        MemoryRecordsBuilder large = builder(Compression.NONE, RecordBatch.NO_PRODUCER_ID, false);
        large.append(5, new byte[0], new byte[SmallBatches.SMALL_BYTES]);

        assertThat(SmallBatches.isSmall(batch(new SplittableRandom(2), 3), 0)).isTrue();
        assertThat(SmallBatches.isSmall(compressed.build().buffer(), 0)).isFalse();
        assertThat(SmallBatches.isSmall(large.build().buffer(), 0)).isFalse();
    }

    private static ByteBuffer batch(SplittableRandom random, int records) {
        boolean transactional = random.nextBoolean();
        MemoryRecordsBuilder builder = builder(Compression.NONE, transactional ? 7 : -1, transactional);
        for (int i = 0; i < records; i++) {
            Header[] headers = new Header[random.nextInt(3)];
            for (int j = 0; j < headers.length; j++) {
                headers[j] = new RecordHeader(j == 0 ? "" : "name", bytes(random));
            }
            builder.append(TIMES[random.nextInt(TIMES.length)], bytes(random), bytes(random), headers);
        }
        return builder.build().buffer();
    }

    private static byte @org.jspecify.annotations.Nullable [] bytes(SplittableRandom random) {
        if (random.nextInt(4) == 0) {
            return null;
        }
        byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 10 : 300)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static MemoryRecordsBuilder builder(Compression codec, long producer, boolean transactional) {
        return new MemoryRecordsBuilder(
                new ByteBufferOutputStream(512),
                RecordBatch.MAGIC_VALUE_V2,
                codec,
                TimestampType.CREATE_TIME,
                100,
                RecordBatch.NO_TIMESTAMP,
                producer,
                (short) (transactional ? 3 : -1),
                transactional ? 9 : -1,
                transactional,
                false,
                5,
                Integer.MAX_VALUE);
    }

    private static String text(Record record) {
        StringBuilder text = new StringBuilder()
                .append(record.timestamp())
                .append(' ')
                .append(record.hasKey() ? hex(record.key()) : "null")
                .append(' ')
                .append(record.hasValue() ? hex(record.value()) : "null");
        for (Header header : record.headers()) {
            text.append(' ').append(header.key()).append('=').append(java.util.Arrays.toString(header.value()));
        }
        return text.toString();
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return java.util.HexFormat.of().formatHex(copy);
    }
}
