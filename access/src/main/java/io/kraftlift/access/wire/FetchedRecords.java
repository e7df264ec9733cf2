package io.kraftlift.access.wire;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What one fetch brought of one partition.
 *
 * @param bytes whole record batches, perhaps followed by a part of one; position and limit are its own
 * @param aborted the aborted transactions among them, empty unless READ_COMMITTED
 * @param end the end of what may be read, exclusive: the last stable offset, or the high watermark
 */
public record FetchedRecords(ByteBuffer bytes, List<AbortedTransaction> aborted, long end) {
    /**
     * A transaction that was aborted.
     *
     * @param firstOffset of its first record
     */
    public record AbortedTransaction(long producerId, long firstOffset) {}
}
