package io.kraftlift.access.wire;

import io.kraftlift.core.validation.RecordImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.jspecify.annotations.Nullable;

/** Takes a record batch apart into what a reader finds in it. */
public final class BatchRecords {
    private BatchRecords() {}

    /**
     * The records by offset.
     *
     * @param batch from its position on; stays as it is
     * @throws org.apache.kafka.common.errors.CorruptRecordException when its checksum is wrong
     */
    public static NavigableMap<Long, RecordImage> of(ByteBuffer batch) {
        RecordBatch records = MemoryRecords.readableRecords(batch.slice())
                .batches()
                .iterator()
                .next();
        records.ensureValid();
        NavigableMap<Long, RecordImage> images = new TreeMap<>();
        for (Record record : records) {
            images.put(record.offset(), imageOf(record));
        }
        return images;
    }

    private static RecordImage imageOf(Record record) {
        List<RecordImage.Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            byte @Nullable [] value = header.value();
            headers.add(new RecordImage.Header(header.key(), value == null ? null : ByteBuffer.wrap(value)));
        }
        return new RecordImage(record.key(), record.value(), headers, record.timestamp());
    }
}
