package io.kraftlift.core.offsets;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.topics.PartitionId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An offset map as bytes. All numbers are big-endian, signed, and 0 or above.
 *
 * <pre>
 * map       = magic version topic index copiedFrom targetStart coveredTo runs checksum
 * magic     = "KLOM"              ; 4 bytes ASCII
 * version   = int16               ; 1
 * topic     = int16 *OCTET        ; length in bytes, ASCII
 * index     = int32               ; the partition
 * copiedFrom= int64               ; source offset
 * targetStart = int64             ; target offset of the first record
 * coveredTo = int64               ; source offset, exclusive
 * runs      = int32 *run          ; number of runs
 * run       = int64 int64         ; first source offset, number of records, at least 1
 * checksum  = int32               ; CRC32C of every byte before it
 * </pre>
 *
 * A run's target offset is {@code targetStart} plus the records of the runs before it: the target has no holes.
 */
public final class OffsetMapFormat {
    private static final int MAGIC = 0x4b4c4f4d;
    private static final short VERSION = 1;
    private static final int RUN_BYTES = 2 * Long.BYTES;
    private static final int FIXED_BYTES = 4 + 2 + 2 + 4 + 3 * Long.BYTES + 4 + 4;

    private OffsetMapFormat() {}

    public static byte[] write(OffsetMap map) {
        byte[] topic = map.partition().topic().value().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(
                Math.addExact(FIXED_BYTES + topic.length, Math.multiplyExact(map.runCount(), RUN_BYTES)));
        bytes.putInt(MAGIC)
                .putShort(VERSION)
                .putShort((short) topic.length)
                .put(topic)
                .putInt(map.partition().index())
                .putLong(map.copiedFrom().value())
                .putLong(map.targetStart().value())
                .putLong(map.coveredTo().value())
                .putInt(map.runCount());
        for (OffsetRun run : map.runs()) {
            bytes.putLong(run.source().value()).putLong(run.count());
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, bytes.position());
        bytes.putInt((int) crc.getValue());
        return bytes.array();
    }

    /**
     * Reads a map.
     *
     * @param place the object's name, for messages
     * @throws InvariantBroken OBJECT_DAMAGED when a byte is not what was written, OBJECT_VERSION_UNKNOWN when a newer
     *     version wrote it
     */
    public static OffsetMap read(byte[] content, String place) {
        try {
            return read(ByteBuffer.wrap(content), place);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw damaged(place, "its parts do not fit together", e);
        }
    }

    private static OffsetMap read(ByteBuffer bytes, String place) {
        if (bytes.remaining() < FIXED_BYTES) {
            throw damaged(place, "it has only " + bytes.remaining() + " bytes", null);
        }
        if (bytes.getInt() != MAGIC) {
            throw damaged(place, "it does not begin with KLOM", null);
        }
        CRC32C crc = new CRC32C();
        int end = bytes.limit() - Integer.BYTES;
        crc.update(bytes.duplicate().rewind().limit(end));
        if ((int) crc.getValue() != bytes.getInt(end)) {
            throw damaged(place, "its checksum is wrong", null);
        }
        bytes.limit(end);
        short version = bytes.getShort();
        if (version != VERSION) {
            throw new InvariantBroken(
                    FailureName.OBJECT_VERSION_UNKNOWN,
                    place + ": version must be " + VERSION + ", was " + version
                            + "; nothing was changed, use the version of kraftlift that wrote it");
        }
        int length = Short.toUnsignedInt(bytes.getShort());
        if (length > bytes.remaining()) {
            throw damaged(place, "its topic's name is longer than the object", null);
        }
        byte[] topic = new byte[length];
        bytes.get(topic);
        OffsetMap map = new OffsetMap(
                PartitionId.of(new String(topic, StandardCharsets.US_ASCII), bytes.getInt()),
                SourceOffset.of(bytes.getLong()),
                TargetOffset.of(bytes.getLong()));
        long coveredTo = bytes.getLong();
        int runs = bytes.getInt();
        if (runs < 0 || (long) runs * RUN_BYTES != bytes.remaining()) {
            throw damaged(place, "it says that it has " + runs + " runs", null);
        }
        for (int i = 0; i < runs; i++) {
            map.append(bytes.getLong(), bytes.getLong());
        }
        map.advance(coveredTo);
        return map;
    }

    private static InvariantBroken damaged(String place, String what, @Nullable Throwable cause) {
        String message = place + ": must be an offset map as it was written, but " + what + "; nothing was changed";
        return cause == null
                ? new InvariantBroken(FailureName.OBJECT_DAMAGED, message)
                : new InvariantBroken(FailureName.OBJECT_DAMAGED, message, cause);
    }
}
