package io.kraftlift.core.batches;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Joins small uncompressed record batches that follow each other into one. A produce request has one batch of a partition
 * at most, and a broker's work for a batch hardly depends on its size; so a producer that sends every record by itself
 * would otherwise make the copy as slow as it is.
 *
 * <p>Every record keeps its timestamp, attributes, key, value and headers, byte for byte; its two deltas, which count from
 * the batch that it is in, are written anew. Layout: Kafka's "Message Format", Record.
 */
public final class SmallBatches {
    /** The largest batch that is joined with others: below it, the 61 bytes of a header are more than one in a hundred. */
    public static final int SMALL_BYTES = 4 << 10;

    /** No batch is joined beyond this, which every topic has room for while it is copied. */
    public static final int JOINED_BYTES = 64 << 10;

    /** By how much a record may grow: a time delta of 10 bytes, an offset delta and a length of 5, each of 1 before. */
    private static final int GROWTH_BYTES = 9 + 4 + 4;

    private static final int MOST_VARINT_BYTES = 5;
    private static final int MOST_VARLONG_BYTES = 10;

    private SmallBatches() {}

    /** Whether the batch of magic 2 at {@code at} may be joined with its neighbours. */
    public static boolean isSmall(ByteBuffer buffer, int at) {
        return BatchHeader.size(buffer, at) <= SMALL_BYTES
                && BatchHeader.readingAttributes(buffer, at) == 0
                && !BatchHeader.isControl(buffer, at)
                && BatchHeader.count(buffer, at) > 0;
    }

    /**
     * One batch with the records of all, in order: of no producer, with base offset 0.
     *
     * @param batches small ones of valid checksums, each a buffer of its own; at least one
     * @return empty when a batch is not what its header says, or when the result would be larger than {@link #JOINED_BYTES}
     */
    public static Optional<ByteBuffer> join(List<ByteBuffer> batches) {
        int room = BatchHeader.SIZE;
        for (ByteBuffer batch : batches) {
            room += batch.remaining() - BatchHeader.SIZE + BatchHeader.count(batch, batch.position()) * GROWTH_BYTES;
        }
        ByteBuffer out = ByteBuffer.allocate(room).position(BatchHeader.SIZE);
        ByteBuffer first = batches.get(0);
        long baseTimestamp = BatchHeader.baseTimestamp(first, first.position());
        long maxTimestamp = Long.MIN_VALUE;
        int count = 0;
        for (ByteBuffer batch : batches) {
            int at = batch.position();
            long later = BatchHeader.baseTimestamp(batch, at) - baseTimestamp;
            ByteBuffer records = batch.duplicate().position(at + BatchHeader.SIZE);
            int end = count + BatchHeader.count(batch, at);
            while (count < end) {
                if (!copyRecord(records, later, count, out)) {
                    return Optional.empty();
                }
                count++;
            }
            if (records.hasRemaining()) {
                return Optional.empty();
            }
            maxTimestamp = Math.max(maxTimestamp, BatchHeader.maxTimestamp(batch, at));
        }
        if (out.position() > JOINED_BYTES) {
            return Optional.empty();
        }
        out.flip();
        BatchHeader.write(out, count, baseTimestamp, maxTimestamp);
        return Optional.of(out);
    }

    /** Copies one record, its time later by so much and its offset delta a new one; false when it is cut off. */
    private static boolean copyRecord(ByteBuffer in, long later, int offsetDelta, ByteBuffer out) {
        long length = readVarint(in, MOST_VARINT_BYTES);
        if (length < 1 || length > in.remaining()) {
            return false;
        }
        int end = in.position() + (int) length;
        byte attributes = in.get();
        long timestampDelta = readVarint(in, MOST_VARLONG_BYTES) + later;
        readVarint(in, MOST_VARINT_BYTES);
        if (in.position() > end) {
            return false;
        }
        writeVarint(1 + sizeOf(timestampDelta) + sizeOf(offsetDelta) + (end - in.position()), out);
        out.put(attributes);
        writeVarint(timestampDelta, out);
        writeVarint(offsetDelta, out);
        out.put(in.duplicate().limit(end));
        in.position(end);
        return true;
    }

    /** A number in Kafka's zigzag encoding; what is cut off or too long reads as what there is. */
    private static long readVarint(ByteBuffer in, int mostBytes) {
        long value = 0;
        for (int i = 0; i < mostBytes && in.hasRemaining(); i++) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << (7 * i);
            if (next >= 0) {
                break;
            }
        }
        return (value >>> 1) ^ -(value & 1);
    }

    private static void writeVarint(long number, ByteBuffer out) {
        long value = (number << 1) ^ (number >> 63);
        while ((value & ~0x7fL) != 0) {
            out.put((byte) (value | 0x80));
            value >>>= 7;
        }
        out.put((byte) value);
    }

    private static int sizeOf(long number) {
        long value = (number << 1) ^ (number >> 63);
        return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
    }
}
