package io.kraftlift.access.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;

/** Bytes of record batches as Kafka's own reader understands them. */
final class KafkaBatches {
    private KafkaBatches() {}

    /** The first batch. */
    static MutableRecordBatch batchOf(ByteBuffer bytes) {
        return MemoryRecords.readableRecords(bytes.duplicate())
                .batches()
                .iterator()
                .next();
    }

    /** The first batch's records. */
    static List<Record> recordsOf(ByteBuffer bytes) {
        List<Record> records = new ArrayList<>();
        batchOf(bytes).forEach(records::add);
        return records;
    }

    /** The same bytes in memory of their own. */
    static ByteBuffer copy(ByteBuffer bytes) {
        ByteBuffer copy = ByteBuffer.allocate(bytes.remaining());
        copy.put(bytes.duplicate());
        return copy.flip();
    }
}
