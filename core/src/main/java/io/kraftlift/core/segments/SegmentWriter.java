package io.kraftlift.core.segments;

import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.lanes.TopicEnd;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.SourceRun;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Builds one segment in memory. All numbers are big-endian and, unless said otherwise, signed and 0 or above.
 *
 * <pre>
 * segment   = magic version lane number writer producer *entry end index checksum
 * magic     = "KLSG"                                  ; 4 bytes ASCII
 * version   = int16                                   ; 2 when there is an ended, else 1
 * lane      = int32
 * number    = int64
 * writer    = int64 int64                             ; a random UUID, high half first
 * producer  = int64 int16                             ; producer id, producer epoch
 * entry     = open / batch / advance / missing / ended
 * open      = %x01 topic int32 int64 int64            ; topic, partition index, source start, target start
 * topic     = int16 *OCTET                            ; length in bytes, ASCII
 * batch     = %x02 local runs sourceNext bytes
 * local     = int32                                   ; the n-th open of this segment is local number n, from 0
 * runs      = int32 1*run                             ; number of runs, at least 1
 * run       = int64 int32                             ; first source offset, number of records, at least 1
 * bytes     = int32 *OCTET                            ; length in bytes, a record batch of magic 2
 * advance   = %x03 local sourceNext
 * missing   = %x04 local int64 int64                  ; first and last missing source offset
 * ended     = %x05 local why                          ; since version 2
 * why       = %x01 / %x02                             ; the topic was deleted / made anew
 * sourceNext= int64
 * end       = %x00
 * index     = int32 *state                            ; number of states; one for each open, in that order
 * state     = int64 int64 int64 int64 32OCTET         ; source next, target next, records, bytes, digest
 * checksum  = int32                                   ; CRC32C of every byte before it
 * </pre>
 *
 * <p>Mutable, confined to one thread. After {@link #seal} only the returned buffer is of use.
 */
public final class SegmentWriter {
    static final int MAGIC = 0x4b4c5347;
    static final short VERSION = 1;
    static final short VERSION_WITH_ENDED = 2;
    static final int VERSION_AT = Integer.BYTES;
    static final byte END = 0;
    static final byte OPEN = 1;
    static final byte BATCH = 2;
    static final byte ADVANCE = 3;
    static final byte MISSING = 4;
    static final byte ENDED = 5;
    static final byte DELETED = 1;
    static final byte REMADE = 2;
    static final int DIGEST_BYTES = 32;
    static final int STATE_BYTES = 4 * Long.BYTES + DIGEST_BYTES;
    static final int RUN_BYTES = Long.BYTES + Integer.BYTES;

    /** What a partition takes at most, besides its batches: a topic's name has up to 249 characters. */
    public static final int PARTITION_BYTES = 1 + Short.BYTES + 249 + Integer.BYTES + 2 * Long.BYTES + STATE_BYTES;

    /** No less memory should be given. */
    public static final int LEAST_CAPACITY = 1 << 14;

    private byte[] memory;
    private ByteBuffer buffer;
    private int opened;

    /** Begins a segment. */
    public SegmentWriter(SegmentHeader header) {
        this(header, new byte[LEAST_CAPACITY]);
    }

    /**
     * Begins a segment in memory that is large enough for what is expected. The segment may get larger; but then it is
     * copied to other memory, of which in the end up to half is empty.
     */
    public SegmentWriter(SegmentHeader header, byte[] memory) {
        this.memory = memory;
        this.buffer = ByteBuffer.wrap(memory);
        buffer.putInt(MAGIC)
                .putShort(VERSION)
                .putInt(header.lane().number())
                .putLong(header.number())
                .putLong(header.writer().getMostSignificantBits())
                .putLong(header.writer().getLeastSignificantBits())
                .putLong(header.producer().id())
                .putShort(header.producer().epoch());
    }

    /** Bytes so far. */
    public int size() {
        return buffer.position();
    }

    /** Partitions so far. */
    public int opened() {
        return opened;
    }

    /** Adds a partition; returns the local number that its other entries use. */
    public int open(PartitionId partition, SourceOffset sourceStart, TargetOffset targetStart) {
        byte[] topic = partition.topic().value().getBytes(StandardCharsets.US_ASCII);
        room(1 + Short.BYTES + topic.length + Integer.BYTES + 2 * Long.BYTES);
        buffer.put(OPEN)
                .putShort((short) topic.length)
                .put(topic)
                .putInt(partition.index())
                .putLong(sourceStart.value())
                .putLong(targetStart.value());
        return opened++;
    }

    /** What a batch of that many runs and bytes takes. */
    public static long batchEntryBytes(int runs, int bytes) {
        return 1 + 3 * Integer.BYTES + (long) runs * RUN_BYTES + Long.BYTES + bytes;
    }

    /**
     * Adds a batch, copying the bytes between the buffer's position and limit.
     *
     * @return where in {@link #buffer()} the copy begins
     */
    public int batch(int local, List<SourceRun> runs, long sourceNext, ByteBuffer batch) {
        int size = batch.remaining();
        room(Math.toIntExact(batchEntryBytes(runs.size(), size)));
        buffer.put(BATCH).putInt(local).putInt(runs.size());
        for (SourceRun run : runs) {
            buffer.putLong(run.first().value()).putInt(run.count());
        }
        buffer.putLong(sourceNext).putInt(size);
        int at = buffer.position();
        buffer.put(batch.duplicate());
        return at;
    }

    public void advance(int local, long sourceNext) {
        room(1 + Integer.BYTES + Long.BYTES);
        buffer.put(ADVANCE).putInt(local).putLong(sourceNext);
    }

    public void missing(int local, long first, long last) {
        room(1 + Integer.BYTES + 2 * Long.BYTES);
        buffer.put(MISSING).putInt(local).putLong(first).putLong(last);
    }

    /** Says that a partition's topic is no more on the source. Makes the segment one of version 2. */
    public void ended(int local, TopicEnd why) {
        room(1 + Integer.BYTES + 1);
        buffer.put(ENDED).putInt(local).put(codeOf(why));
        buffer.putShort(VERSION_AT, VERSION_WITH_ENDED);
    }

    private static byte codeOf(TopicEnd why) {
        return switch (why) {
            case DELETED -> DELETED;
            case REMADE -> REMADE;
        };
    }

    /**
     * The bytes so far, for rewriting a batch in place. The buffer is replaced when it grows: ask again after every
     * addition.
     */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** Where the bytes are; of use again once nobody reads what {@link #seal} returned. */
    public byte[] memory() {
        return memory;
    }

    /**
     * Ends the segment.
     *
     * @param states one for each opened partition, in order
     * @return the whole segment, from position 0 to the limit
     */
    public ByteBuffer seal(List<PartitionProgress> states) {
        if (states.size() != opened) {
            throw new IllegalArgumentException(
                    "segment index: must have " + opened + " partitions, had " + states.size());
        }
        room(1 + Integer.BYTES + states.size() * STATE_BYTES + Integer.BYTES);
        buffer.put(END).putInt(states.size());
        for (PartitionProgress state : states) {
            buffer.putLong(state.sourceNext().value())
                    .putLong(state.targetNext().value())
                    .putLong(state.records())
                    .putLong(state.bytes())
                    .put(HexFormat.of().parseHex(state.digest().hex()));
        }
        CRC32C crc = new CRC32C();
        crc.update(memory, 0, buffer.position());
        buffer.putInt((int) crc.getValue());
        return buffer.flip();
    }

    private void room(int bytes) {
        if (buffer.remaining() < bytes) {
            int needed = Math.addExact(buffer.position(), bytes);
            int doubled = (int) Math.min(Integer.MAX_VALUE - 8, 2L * buffer.capacity());
            memory = Arrays.copyOf(memory, Math.max(needed, doubled));
            buffer = ByteBuffer.wrap(memory).position(buffer.position());
        }
    }
}
