package io.kraftlift.core.lanes;

import io.kraftlift.core.topics.PartitionId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What of a lane is durable on the target, {@code checkpoints/<lane>.json}. Invariant D: it names nothing else.
 *
 * @param format 2 when a partition has ended, else 1
 * @param segment the last segment of which every record is on the target; -1 before the first
 * @param mapsThrough the last segment that every offset map sidecar covers, at most {@code segment}
 * @param ended what will not be copied any further, in the order in which it ended; null when nothing
 */
public record Checkpoint(
        int format,
        LaneId lane,
        long segment,
        long mapsThrough,
        Map<PartitionId, PartitionProgress> partitions,
        List<Gap> gaps,
        @Nullable List<Ended> ended) {
    public static final int FORMAT = 1;
    private static final int FORMAT_WITH_ENDED = 2;

    public Checkpoint {
        if (format != FORMAT && format != FORMAT_WITH_ENDED) {
            throw new IllegalArgumentException("checkpoint of lane " + lane + ": format must be 1 or 2, was " + format);
        }
        if (format == FORMAT && ended != null) {
            throw new IllegalArgumentException("checkpoint of lane " + lane + ": format 1 has no ended partitions");
        }
        if (mapsThrough > segment) {
            throw new IllegalArgumentException("checkpoint of lane " + lane + ": maps cover segment " + mapsThrough
                    + ", which is beyond segment " + segment);
        }
        partitions = Collections.unmodifiableMap(new TreeMap<>(partitions));
        gaps = List.copyOf(gaps);
        ended = ended == null ? null : List.copyOf(ended);
    }

    /** A checkpoint of a lane of which nothing has ended. */
    public Checkpoint(
            int format,
            LaneId lane,
            long segment,
            long mapsThrough,
            Map<PartitionId, PartitionProgress> partitions,
            List<Gap> gaps) {
        this(format, lane, segment, mapsThrough, partitions, gaps, null);
    }

    /** The same with partitions that have ended, in the format that this takes. */
    public Checkpoint with(List<Ended> endings) {
        return endings.isEmpty()
                ? new Checkpoint(FORMAT, lane, segment, mapsThrough, partitions, gaps, null)
                : new Checkpoint(FORMAT_WITH_ENDED, lane, segment, mapsThrough, partitions, gaps, endings);
    }

    /** What will not be copied any further. */
    public List<Ended> endings() {
        return ended == null ? List.of() : ended;
    }
}
