package io.kraftlift.access.wire;

import static io.kraftlift.access.wire.KafkaBatches.batchOf;
import static io.kraftlift.access.wire.KafkaBatches.copy;
import static io.kraftlift.access.wire.KafkaBatches.recordsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.core.batches.BatchHeader;
import io.kraftlift.core.batches.DigestChain;
import io.kraftlift.core.batches.ProducerIdentity;
import io.kraftlift.core.offsets.SourceRun;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.internals.ByteBufferOutputStream;
import org.junit.jupiter.api.Test;

final class SourceBatchesTest {
    private static final long TIME = 1_700_000_000_000L;
    private static final long APPENDED = 1_800_000_000_000L;

    private final List<String> seen = new ArrayList<>();
    private final List<ByteBuffer> batches = new ArrayList<>();

    private final class Watcher implements SourceBatches.Visitor {
        @Override
        public void pass(ByteBuffer batch, SourceRun run) {
            seen.add("pass " + run.first() + "x" + run.count());
            batches.add(batch);
        }

        @Override
        public void rebuilt(ByteBuffer batch, List<SourceRun> runs, long sourceNext) {
            seen.add("rebuilt "
                    + runs.stream().map(r -> r.first() + "x" + r.count()).toList() + " next " + sourceNext);
            batches.add(batch);
        }

        @Override
        public void advance(long sourceNext) {
            seen.add("advance " + sourceNext);
        }
    }

    @Test
    void passesADenseBatchThroughAsItIs() {
        ByteBuffer bytes = batch(10, TimestampType.CREATE_TIME, 10, 11, 12);

        assertThat(walk(bytes, 10, Long.MAX_VALUE)).isEqualTo(13);

        assertThat(seen).containsExactly("pass 10x3");
        assertThat(batches.get(0)).isEqualTo(bytes);
    }

    @Test
    void rebuildsABatchWithHolesKeepingEverythingButTheOffsets() {
        ByteBuffer bytes = batch(10, TimestampType.CREATE_TIME, 10, 13, 14);

        walk(bytes, 10, Long.MAX_VALUE);

        assertThat(seen).containsExactly("rebuilt [10x1, 13x2] next 15");
        List<Record> records = recordsOf(batches.get(0));
        assertThat(records).extracting(Record::offset).containsExactly(0L, 1L, 2L);
        assertThat(records).extracting(Record::timestamp).containsExactly(TIME + 10, TIME + 13, TIME + 14);
        assertThat(records.get(1).headers()).containsExactly(new RecordHeader("nothing", (byte[]) null));
        assertThat(records.get(1).hasKey()).isFalse();
    }

    @Test
    void copiesOnlyWhatLiesBelowTheEndAndOnlyTheRestLater() {
        ByteBuffer bytes = batch(10, TimestampType.CREATE_TIME, 10, 11, 12, 13);

        assertThat(walk(bytes, 10, 12)).isEqualTo(12);
        assertThat(walk(bytes, 12, Long.MAX_VALUE)).isEqualTo(14);

        assertThat(seen).containsExactly("rebuilt [10x2] next 12", "rebuilt [12x2] next 14");
    }

    @Test
    void givesRecordsTheAppendTimeThatConsumersSaw() {
        walk(batch(10, TimestampType.LOG_APPEND_TIME, 10, 11), 10, Long.MAX_VALUE);

        List<Record> records = recordsOf(batches.get(0));
        assertThat(records).extracting(Record::timestamp).containsExactly(APPENDED, APPENDED);
        assertThat(BatchHeader.isLogAppendTime(batches.get(0), 0)).isFalse();
    }

    @Test
    void rebuildsTheOldFormats() {
        for (byte magic : new byte[] {RecordBatch.MAGIC_VALUE_V0, RecordBatch.MAGIC_VALUE_V1}) {
            seen.clear();
            batches.clear();
            ByteBuffer bytes = ByteBuffer.allocate(1024);
            MemoryRecordsBuilder builder =
                    MemoryRecords.builder(bytes, magic, Compression.gzip().build(), TimestampType.CREATE_TIME, 20);
            builder.appendWithOffset(20, TIME, new byte[] {1}, new byte[] {2});
            builder.appendWithOffset(21, TIME + 1, null, new byte[] {3});

            assertThat(walk(builder.build().buffer(), 20, Long.MAX_VALUE)).isEqualTo(22);

            assertThat(seen).containsExactly("rebuilt [20x2] next 22");
            assertThat(BatchHeader.magic(batches.get(0), 0)).isEqualTo((byte) 2);
        }
    }

    @Test
    void dropsAbortedTransactionsAndMarkersButMovesOn() {
        ByteBuffer all = ByteBuffer.allocate(4096);
        all.put(transactional(7, 10, 11)).put(transactional(8, 12, 13));
        all.put(marker(7, 14, ControlRecordType.ABORT)).put(transactional(7, 15, 16));
        all.put(marker(7, 17, ControlRecordType.COMMIT)).flip();
        FetchedRecords fetched = new FetchedRecords(all, List.of(new FetchedRecords.AbortedTransaction(7, 10)), 18);

        assertThat(SourceBatches.walk(fetched, 10, Long.MAX_VALUE, new Watcher()))
                .isEqualTo(18);

        assertThat(seen).containsExactly("pass 12x2", "pass 15x2", "advance 18");
    }

    @Test
    void joinsSmallUncompressedBatchesAcrossMarkersAndHandsThemOnBeforeWhatFollows() {
        ByteBuffer all = ByteBuffer.allocate(4096);
        all.put(plain(10, 10, 11)).put(plain(12, 12)).put(marker(7, 13, ControlRecordType.COMMIT));
        all.put(plain(14, 14)).put(batch(15, TimestampType.CREATE_TIME, 15, 16)).put(plain(17, 17));
        all.put(marker(7, 18, ControlRecordType.COMMIT)).flip();

        assertThat(walk(all, 10, Long.MAX_VALUE)).isEqualTo(19);

        assertThat(seen).containsExactly("rebuilt [10x3, 14x1] next 15", "pass 15x2", "pass 17x1", "advance 19");
        assertThat(recordsOf(batches.get(0)))
                .extracting(Record::timestamp)
                .containsExactly(TIME + 10, TIME + 11, TIME + 12, TIME + 14);
    }

    @Test
    void joinsNoSmallBatchWhoseChecksumIsWrong() {
        ByteBuffer all = ByteBuffer.allocate(4096);
        all.put(plain(10, 10)).put(plain(11, 11)).flip();
        all.put(all.limit() - 1, (byte) 99);

        assertThatThrownBy(() -> walk(all, 10, Long.MAX_VALUE))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("offset 11");
    }

    @Test
    void leavesAPartOfABatchForTheNextFetch() {
        ByteBuffer bytes = batch(10, TimestampType.CREATE_TIME, 10, 11);

        assertThat(walk(bytes.limit(bytes.limit() - 1), 10, Long.MAX_VALUE)).isEqualTo(10);

        assertThat(seen).isEmpty();
    }

    @Test
    void rewritesTheHeaderAsKafkasOwnReaderUnderstandsIt() {
        ByteBuffer bytes = copy(transactional(7, 10, 11, 12));
        DigestChain before = new DigestChain(DigestChain.START);
        before.append(bytes, 0);

        BatchHeader.rewrite(bytes, 0, new ProducerIdentity(4711, (short) 3), 99);

        MutableRecordBatch rewritten = batchOf(bytes);
        rewritten.ensureValid();
        assertThat(rewritten.baseOffset()).isZero();
        assertThat(rewritten.lastOffset()).isEqualTo(2);
        assertThat(rewritten.partitionLeaderEpoch()).isEqualTo(-1);
        assertThat(rewritten.producerId()).isEqualTo(4711);
        assertThat(rewritten.producerEpoch()).isEqualTo((short) 3);
        assertThat(rewritten.baseSequence()).isEqualTo(99);
        assertThat(rewritten.isTransactional()).isFalse();
        DigestChain after = new DigestChain(DigestChain.START);
        after.append(bytes, 0);
        assertThat(after.value()).as("the digest is of what consumers read").isEqualTo(before.value());
    }

    private long walk(ByteBuffer bytes, long next, long end) {
        return SourceBatches.walk(new FetchedRecords(bytes.duplicate(), List.of(), 1000), next, end, new Watcher());
    }

    private static ByteBuffer batch(long base, TimestampType type, long... offsets) {
        MemoryRecordsBuilder builder = builder(base, type, RecordBatch.NO_PRODUCER_ID, false);
        for (long offset : offsets) {
            Header[] headers =
                    offset % 2 == 1 ? new Header[] {new RecordHeader("nothing", (byte[]) null)} : new Header[0];
            byte[] key = offset % 2 == 1 ? null : Long.toString(offset).getBytes(StandardCharsets.UTF_8);
            builder.appendWithOffset(offset, TIME + offset, key, new byte[] {(byte) offset}, headers);
        }
        return builder.build().buffer();
    }

    private static ByteBuffer plain(long base, long... offsets) {
        MemoryRecordsBuilder builder =
                MemoryRecords.builder(ByteBuffer.allocate(512), Compression.NONE, TimestampType.CREATE_TIME, base);
        for (long offset : offsets) {
            builder.appendWithOffset(offset, TIME + offset, null, new byte[] {(byte) offset});
        }
        return builder.build().buffer();
    }

    private static ByteBuffer transactional(long producer, long... offsets) {
        MemoryRecordsBuilder builder = builder(offsets[0], TimestampType.CREATE_TIME, producer, true);
        for (long offset : offsets) {
            builder.appendWithOffset(offset, TIME, new byte[] {1}, new byte[] {2});
        }
        return builder.build().buffer();
    }

    private static MemoryRecordsBuilder builder(long base, TimestampType type, long producer, boolean transactional) {
        boolean idempotent = producer != RecordBatch.NO_PRODUCER_ID;
        return new MemoryRecordsBuilder(
                new ByteBufferOutputStream(512),
                RecordBatch.MAGIC_VALUE_V2,
                Compression.lz4().build(),
                type,
                base,
                APPENDED,
                producer,
                idempotent ? 0 : RecordBatch.NO_PRODUCER_EPOCH,
                idempotent ? 5 : RecordBatch.NO_SEQUENCE,
                transactional,
                false,
                RecordBatch.NO_PARTITION_LEADER_EPOCH,
                Integer.MAX_VALUE);
    }

    private static ByteBuffer marker(long producer, long offset, ControlRecordType type) {
        return MemoryRecords.withEndTransactionMarker(
                        offset, TIME, 0, producer, (short) 0, new EndTransactionMarker(type, 0))
                .buffer();
    }
}
