package io.kraftlift.core.batches;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The 61-byte header of a record batch of magic 2, read and written in place. Every method takes the buffer and the
 * position of the batch's first byte, and leaves the buffer's position and limit as they are. Big-endian, as Kafka is.
 *
 * <p>The layout is Kafka's ("Message Format", Record Batch): base offset 8, length 4, leader epoch 4, magic 1, CRC 4,
 * attributes 2, last offset delta 4, base timestamp 8, max timestamp 8, producer id 8, producer epoch 2, base sequence
 * 4, record count 4, records.
 */
public final class BatchHeader {
    /** The bytes that every magic shares: base offset, length, leader epoch (or CRC), magic. */
    public static final int PREFIX_SIZE = 17;

    /** Where the records begin. */
    public static final int SIZE = 61;

    /** What is not counted by the length field: base offset and the length itself. */
    private static final int LENGTH_OVERHEAD = 12;

    private static final int LENGTH = 8;
    private static final int LEADER_EPOCH = 12;
    private static final int MAGIC = 16;
    private static final int CRC = 17;
    private static final int ATTRIBUTES = 21;
    private static final int LAST_OFFSET_DELTA = 23;
    private static final int BASE_TIMESTAMP = 27;
    private static final int MAX_TIMESTAMP = 35;
    private static final int PRODUCER_ID = 43;
    private static final int PRODUCER_EPOCH = 51;
    private static final int BASE_SEQUENCE = 53;
    private static final int COUNT = 57;

    private static final int CODEC_AND_TIMESTAMP_TYPE = 0x0f;
    private static final int LOG_APPEND_TIME = 0x08;
    private static final int TRANSACTIONAL = 0x10;
    private static final int CONTROL = 0x20;
    private static final int DELETE_HORIZON = 0x40;

    private BatchHeader() {}

    public static long baseOffset(ByteBuffer buffer, int at) {
        return buffer.getLong(at);
    }

    /** The whole batch's size in bytes, header and records. Not checked: may be anything in damaged bytes. */
    public static int size(ByteBuffer buffer, int at) {
        return buffer.getInt(at + LENGTH) + LENGTH_OVERHEAD;
    }

    public static byte magic(ByteBuffer buffer, int at) {
        return buffer.get(at + MAGIC);
    }

    public static int checksum(ByteBuffer buffer, int at) {
        return buffer.getInt(at + CRC);
    }

    public static long lastOffset(ByteBuffer buffer, int at) {
        return baseOffset(buffer, at) + lastOffsetDelta(buffer, at);
    }

    public static int lastOffsetDelta(ByteBuffer buffer, int at) {
        return buffer.getInt(at + LAST_OFFSET_DELTA);
    }

    public static long baseTimestamp(ByteBuffer buffer, int at) {
        return buffer.getLong(at + BASE_TIMESTAMP);
    }

    public static long maxTimestamp(ByteBuffer buffer, int at) {
        return buffer.getLong(at + MAX_TIMESTAMP);
    }

    public static long producerId(ByteBuffer buffer, int at) {
        return buffer.getLong(at + PRODUCER_ID);
    }

    public static short producerEpoch(ByteBuffer buffer, int at) {
        return buffer.getShort(at + PRODUCER_EPOCH);
    }

    public static int baseSequence(ByteBuffer buffer, int at) {
        return buffer.getInt(at + BASE_SEQUENCE);
    }

    /** The number of records; 0 in a batch that compaction emptied. */
    public static int count(ByteBuffer buffer, int at) {
        return buffer.getInt(at + COUNT);
    }

    public static boolean isControl(ByteBuffer buffer, int at) {
        return (attributes(buffer, at) & CONTROL) != 0;
    }

    public static boolean isTransactional(ByteBuffer buffer, int at) {
        return (attributes(buffer, at) & TRANSACTIONAL) != 0;
    }

    public static boolean isLogAppendTime(ByteBuffer buffer, int at) {
        return (attributes(buffer, at) & LOG_APPEND_TIME) != 0;
    }

    /** The attributes that say how to read the records: codec and timestamp type. */
    static short readingAttributes(ByteBuffer buffer, int at) {
        return (short) (attributes(buffer, at) & CODEC_AND_TIMESTAMP_TYPE);
    }

    /** Whether the batch's CRC32C, over everything from the attributes on, is the one in its header. */
    public static boolean checksumHolds(ByteBuffer buffer, int at) {
        return checksum(buffer, at) == computeChecksum(buffer, at);
    }

    /**
     * Whether a reader finds the same in both batches, offsets aside: everything that a {@link DigestChain} takes in is
     * equal.
     */
    public static boolean readAlike(ByteBuffer one, int at, ByteBuffer other, int otherAt) {
        return size(one, at) == size(other, otherAt)
                && baseTimestamp(one, at) == baseTimestamp(other, otherAt)
                && readingAttributes(one, at) == readingAttributes(other, otherAt)
                && count(one, at) == count(other, otherAt)
                && records(one, at).equals(records(other, otherAt));
    }

    private static ByteBuffer records(ByteBuffer buffer, int at) {
        return buffer.duplicate().limit(at + size(buffer, at)).position(at + SIZE);
    }

    /**
     * Makes the header what an idempotent producer without a transaction sends: base offset 0, leader epoch -1, the given
     * producer and sequence, the transactional and delete-horizon bits cleared, the checksum computed anew.
     */
    public static void rewrite(ByteBuffer buffer, int at, ProducerIdentity producer, int sequence) {
        buffer.putLong(at, 0);
        buffer.putInt(at + LEADER_EPOCH, -1);
        buffer.putShort(at + ATTRIBUTES, (short) (attributes(buffer, at) & ~(TRANSACTIONAL | DELETE_HORIZON)));
        buffer.putLong(at + PRODUCER_ID, producer.id());
        buffer.putShort(at + PRODUCER_EPOCH, producer.epoch());
        buffer.putInt(at + BASE_SEQUENCE, sequence);
        buffer.putInt(at + CRC, computeChecksum(buffer, at));
    }

    /** Writes the header of an uncompressed batch of no producer around the records that the buffer has after it. */
    static void write(ByteBuffer buffer, int count, long baseTimestamp, long maxTimestamp) {
        buffer.putLong(0, 0)
                .putInt(LENGTH, buffer.limit() - LENGTH_OVERHEAD)
                .putInt(LEADER_EPOCH, -1)
                .put(MAGIC, (byte) 2)
                .putShort(ATTRIBUTES, (short) 0)
                .putInt(LAST_OFFSET_DELTA, count - 1)
                .putLong(BASE_TIMESTAMP, baseTimestamp)
                .putLong(MAX_TIMESTAMP, maxTimestamp)
                .putLong(PRODUCER_ID, -1)
                .putShort(PRODUCER_EPOCH, (short) -1)
                .putInt(BASE_SEQUENCE, -1)
                .putInt(COUNT, count);
        buffer.putInt(CRC, computeChecksum(buffer, 0));
    }

    private static short attributes(ByteBuffer buffer, int at) {
        return buffer.getShort(at + ATTRIBUTES);
    }

    private static int computeChecksum(ByteBuffer buffer, int at) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.duplicate().limit(at + size(buffer, at)).position(at + ATTRIBUTES));
        return (int) crc.getValue();
    }
}
