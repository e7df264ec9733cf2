package io.kraftlift.core.segments;

import io.kraftlift.core.batches.BatchHeader;
import io.kraftlift.core.batches.ProducerIdentity;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.lanes.TopicEnd;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.SourceRun;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Reads a segment; the format is {@link SegmentWriter}'s. The checksum is checked before anything is believed, and no
 * length is believed beyond the bytes that are there.
 */
public final class SegmentReader {
    private static final int SMALLEST = 64;

    private final String place;
    private final ByteBuffer bytes;
    private final List<PartitionId> opened = new ArrayList<>();
    private final List<SegmentEntry> entries = new ArrayList<>();

    private SegmentReader(String place, ByteBuffer bytes) {
        this.place = place;
        this.bytes = bytes;
    }

    /**
     * Reads a whole segment. Batches are views of {@code content}.
     *
     * @param place the object's name, for messages
     * @throws InvariantBroken OBJECT_DAMAGED when a byte is not what was written, OBJECT_VERSION_UNKNOWN when a newer
     *     version wrote it
     */
    public static Segment read(byte[] content, String place) {
        SegmentReader reader = new SegmentReader(place, ByteBuffer.wrap(content));
        try {
            return reader.segment();
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw reader.damaged("its parts do not fit together", e);
        }
    }

    private Segment segment() {
        if (bytes.remaining() < SMALLEST) {
            throw damaged("it has only " + bytes.remaining() + " bytes", null);
        }
        if (bytes.getInt() != SegmentWriter.MAGIC) {
            throw damaged("it does not begin with KLSG", null);
        }
        CRC32C crc = new CRC32C();
        int end = bytes.limit() - Integer.BYTES;
        crc.update(bytes.duplicate().rewind().limit(end));
        if ((int) crc.getValue() != bytes.getInt(end)) {
            throw damaged("its checksum is wrong", null);
        }
        bytes.limit(end);
        short version = bytes.getShort();
        if (version != SegmentWriter.VERSION && version != SegmentWriter.VERSION_WITH_ENDED) {
            throw new InvariantBroken(
                    FailureName.OBJECT_VERSION_UNKNOWN,
                    place + ": version must be " + SegmentWriter.VERSION + " or " + SegmentWriter.VERSION_WITH_ENDED
                            + ", was " + version
                            + "; nothing was changed, use the version of kraftlift that wrote it");
        }
        SegmentHeader header = new SegmentHeader(
                new LaneId(bytes.getInt()),
                bytes.getLong(),
                new UUID(bytes.getLong(), bytes.getLong()),
                new ProducerIdentity(bytes.getLong(), bytes.getShort()));
        for (byte kind = bytes.get(); kind != SegmentWriter.END; kind = bytes.get()) {
            if (kind == SegmentWriter.ENDED && version == SegmentWriter.VERSION) {
                throw damaged("it is of version 1 and has an entry of kind " + kind, null);
            }
            entries.add(entry(kind));
        }
        Segment segment = new Segment(header, entries, index());
        if (bytes.hasRemaining()) {
            throw damaged("it goes on after its index", null);
        }
        return segment;
    }

    private SegmentEntry entry(byte kind) {
        return switch (kind) {
            case SegmentWriter.OPEN -> open();
            case SegmentWriter.BATCH -> batch();
            case SegmentWriter.ADVANCE -> new SegmentEntry.Advance(partition(), SourceOffset.of(bytes.getLong()));
            case SegmentWriter.MISSING ->
                new SegmentEntry.Missing(
                        partition(), SourceOffset.of(bytes.getLong()), SourceOffset.of(bytes.getLong()));
            case SegmentWriter.ENDED -> new SegmentEntry.Ended(partition(), topicEnd(bytes.get()));
            default -> throw damaged("it has an entry of kind " + kind, null);
        };
    }

    private TopicEnd topicEnd(byte code) {
        return switch (code) {
            case SegmentWriter.DELETED -> TopicEnd.DELETED;
            case SegmentWriter.REMADE -> TopicEnd.REMADE;
            default -> throw damaged("it says that a partition ended for reason " + code, null);
        };
    }

    private SegmentEntry open() {
        String topic = StandardCharsets.US_ASCII
                .decode(slice(Short.toUnsignedInt(bytes.getShort())))
                .toString();
        PartitionId partition = PartitionId.of(topic, bytes.getInt());
        opened.add(partition);
        return new SegmentEntry.Open(partition, SourceOffset.of(bytes.getLong()), TargetOffset.of(bytes.getLong()));
    }

    private SegmentEntry batch() {
        PartitionId partition = partition();
        int count = count(SegmentWriter.RUN_BYTES);
        List<SourceRun> runs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            runs.add(new SourceRun(SourceOffset.of(bytes.getLong()), bytes.getInt()));
        }
        SourceOffset sourceNext = SourceOffset.of(bytes.getLong());
        ByteBuffer batch = slice(bytes.getInt());
        if (batch.remaining() < BatchHeader.SIZE || BatchHeader.size(batch, 0) != batch.remaining()) {
            throw damaged("it has a batch that is not as long as it says", null);
        }
        return new SegmentEntry.Batch(partition, runs, sourceNext, batch);
    }

    private Map<PartitionId, PartitionProgress> index() {
        int count = count(SegmentWriter.STATE_BYTES);
        if (count != opened.size()) {
            throw damaged("its index has " + count + " partitions and not " + opened.size(), null);
        }
        Map<PartitionId, PartitionProgress> progress = new TreeMap<>();
        for (PartitionId partition : opened) {
            byte[] digest = new byte[SegmentWriter.DIGEST_BYTES];
            PartitionProgress state = new PartitionProgress(
                    SourceOffset.of(bytes.getLong()),
                    TargetOffset.of(bytes.getLong()),
                    bytes.getLong(),
                    bytes.getLong(),
                    digestOf(digest));
            progress.put(partition, state);
        }
        return progress;
    }

    private Sha256 digestOf(byte[] into) {
        bytes.get(into);
        return new Sha256(HexFormat.of().formatHex(into));
    }

    private PartitionId partition() {
        int local = bytes.getInt();
        if (local < 0 || local >= opened.size()) {
            throw damaged("it has an entry of partition " + local + " that it did not open", null);
        }
        return opened.get(local);
    }

    /** A number of things of {@code size} bytes each, believed only if they can be there. */
    private int count(int size) {
        int count = bytes.getInt();
        if (count < 0 || (long) count * size > bytes.remaining()) {
            throw damaged("it says that it has " + count + " parts where there is no room for them", null);
        }
        return count;
    }

    private ByteBuffer slice(int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw damaged("it says that it has " + length + " bytes where there are " + bytes.remaining(), null);
        }
        ByteBuffer slice = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return slice;
    }

    private InvariantBroken damaged(String what, @org.jspecify.annotations.Nullable Throwable cause) {
        String message = place + ": must be a segment as it was written, but " + what + "; nothing was changed";
        return cause == null
                ? new InvariantBroken(FailureName.OBJECT_DAMAGED, message)
                : new InvariantBroken(FailureName.OBJECT_DAMAGED, message, cause);
    }
}
