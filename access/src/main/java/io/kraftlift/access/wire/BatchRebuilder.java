package io.kraftlift.access.wire;

import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.SourceRun;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.internals.BufferSupplier;
import org.apache.kafka.common.utils.internals.ByteBufferOutputStream;
import org.apache.kafka.common.utils.internals.CloseableIterator;

/**
 * Makes a well-formed batch of magic 2 from the records of a batch that cannot be forwarded as it is. Codec, keys,
 * values, headers (also null values of headers) and order stay; offsets become dense from 0; every record keeps the
 * timestamp that a consumer of the source saw, as its create time.
 */
final class BatchRebuilder {
    private static final int SPARE_BYTES = 256;

    /**
     * The new batch.
     *
     * @param runs the source offsets of its records
     */
    record Rebuilt(ByteBuffer bytes, List<SourceRun> runs) {}

    private BatchRebuilder() {}

    /**
     * Rebuilds the records in [{@code from}, {@code until}); empty when there is none.
     *
     * @throws org.apache.kafka.common.errors.CorruptRecordException when the batch's checksum is wrong
     */
    static Optional<Rebuilt> rebuild(RecordBatch batch, long from, long until) {
        batch.ensureValid();
        int size = batch.sizeInBytes();
        ByteBufferOutputStream out = new ByteBufferOutputStream(size + size / 8 + SPARE_BYTES);
        MemoryRecordsBuilder builder = new MemoryRecordsBuilder(
                out,
                RecordBatch.MAGIC_VALUE_V2,
                Compression.of(batch.compressionType()).build(),
                TimestampType.CREATE_TIME,
                0,
                RecordBatch.NO_TIMESTAMP,
                RecordBatch.NO_PRODUCER_ID,
                RecordBatch.NO_PRODUCER_EPOCH,
                RecordBatch.NO_SEQUENCE,
                false,
                false,
                RecordBatch.NO_PARTITION_LEADER_EPOCH,
                Integer.MAX_VALUE);
        List<SourceRun> runs = new ArrayList<>();
        long runFirst = -1;
        int runCount = 0;
        int count = 0;
        try (CloseableIterator<Record> records = batch.streamingIterator(BufferSupplier.NO_CACHING)) {
            while (records.hasNext()) {
                Record record = records.next();
                long offset = record.offset();
                if (offset < from || offset >= until) {
                    continue;
                }
                builder.appendWithOffset(count, record.timestamp(), record.key(), record.value(), record.headers());
                count++;
                if (runCount > 0 && offset != runFirst + runCount) {
                    runs.add(new SourceRun(SourceOffset.of(runFirst), runCount));
                    runCount = 0;
                }
                runFirst = runCount == 0 ? offset : runFirst;
                runCount++;
            }
        }
        if (count == 0) {
            builder.abort();
            return Optional.empty();
        }
        runs.add(new SourceRun(SourceOffset.of(runFirst), runCount));
        return Optional.of(new Rebuilt(builder.build().buffer(), runs));
    }
}
