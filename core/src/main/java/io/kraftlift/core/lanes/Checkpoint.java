package io.kraftlift.core.lanes;

import io.kraftlift.core.stores.Format;
import io.kraftlift.core.topics.PartitionId;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What of a lane is durable on the target, {@code checkpoints/<lane>.json}. Invariant D: it names nothing else.
 *
 * <p>Its checksum is the CRC32C, as eight hexadecimal digits, of what it says, written as these lines of ASCII, each ended
 * by a line feed; partitions are in the order of their topics and then of their indices, gaps and endings in the order in
 * which they came:
 *
 * <pre>
 * text      = "kraftlift checkpoint 2" LF lane *partition *gap *ended
 * lane      = "lane" SP lane SP segment SP maps-through LF
 * partition = "partition" SP topic "/" index SP source-next SP target-next SP records SP bytes SP digest LF
 * gap       = "gap" SP topic "/" index SP first SP last LF
 * ended     = "ended" SP topic "/" index SP why SP end LF
 * </pre>
 *
 * @param format 2; format 1 had neither checksum nor {@code ended}
 * @param segment the last segment of which every record is on the target; -1 before the first
 * @param mapsThrough the last segment that every offset map sidecar covers, at most {@code segment}
 * @param ended what will not be copied any further, in the order in which it ended
 * @param checksum of all the rest, so that no damaged digit is believed
 */
@Format(Checkpoint.FORMAT)
public record Checkpoint(
        int format,
        LaneId lane,
        long segment,
        long mapsThrough,
        Map<PartitionId, PartitionProgress> partitions,
        List<Gap> gaps,
        List<Ended> ended,
        String checksum) {
    public static final int FORMAT = 2;

    public Checkpoint {
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "checkpoint of lane " + lane + ": format must be " + FORMAT + ", was " + format);
        }
        if (mapsThrough > segment) {
            throw new IllegalArgumentException("checkpoint of lane " + lane + ": maps cover segment " + mapsThrough
                    + ", which is beyond segment " + segment);
        }
        partitions = Collections.unmodifiableMap(new TreeMap<>(partitions));
        gaps = List.copyOf(gaps);
        ended = List.copyOf(ended);
        String expected = checksumOf(text(lane, segment, mapsThrough, partitions, gaps, ended));
        if (!checksum.equals(expected)) {
            throw new IllegalArgumentException(
                    "checkpoint of lane " + lane + ": checksum must be " + expected + ", was " + checksum);
        }
    }

    /** A checkpoint of a lane of which nothing has ended. */
    public Checkpoint(
            int format,
            LaneId lane,
            long segment,
            long mapsThrough,
            Map<PartitionId, PartitionProgress> partitions,
            List<Gap> gaps) {
        this(format, lane, segment, mapsThrough, partitions, gaps, List.of());
    }

    /** A checkpoint with the checksum that belongs to it. */
    public Checkpoint(
            int format,
            LaneId lane,
            long segment,
            long mapsThrough,
            Map<PartitionId, PartitionProgress> partitions,
            List<Gap> gaps,
            List<Ended> ended) {
        this(
                format,
                lane,
                segment,
                mapsThrough,
                partitions,
                gaps,
                ended,
                checksumOf(text(lane, segment, mapsThrough, new TreeMap<>(partitions), gaps, ended)));
    }

    private static String checksumOf(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static String text(
            LaneId lane,
            long segment,
            long mapsThrough,
            Map<PartitionId, PartitionProgress> inOrder,
            List<Gap> gaps,
            List<Ended> ended) {
        StringBuilder text = new StringBuilder("kraftlift checkpoint " + FORMAT + "\n");
        text.append("lane ")
                .append(lane)
                .append(' ')
                .append(segment)
                .append(' ')
                .append(mapsThrough);
        text.append('\n');
        inOrder.forEach((partition, progress) -> text.append("partition ")
                .append(partition)
                .append(' ')
                .append(progress.sourceNext())
                .append(' ')
                .append(progress.targetNext())
                .append(' ')
                .append(progress.records())
                .append(' ')
                .append(progress.bytes())
                .append(' ')
                .append(progress.digest().hex())
                .append('\n'));
        gaps.forEach(gap -> text.append("gap ")
                .append(gap.partition())
                .append(' ')
                .append(gap.first())
                .append(' ')
                .append(gap.last())
                .append('\n'));
        ended.forEach(ending -> text.append("ended ")
                .append(ending.partition())
                .append(' ')
                .append(ending.why())
                .append(' ')
                .append(ending.end())
                .append('\n'));
        return text.toString();
    }
}
