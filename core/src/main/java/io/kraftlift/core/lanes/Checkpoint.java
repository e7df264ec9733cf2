package io.kraftlift.core.lanes;

import io.kraftlift.core.topics.PartitionId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a lane is durable on the target, {@code checkpoints/<lane>.json}. Invariant D: it names nothing else.
 *
 * @param format 1
 * @param segment the last segment of which every record is on the target; -1 before the first
 * @param mapsThrough the last segment that every offset map sidecar covers, at most {@code segment}
 */
public record Checkpoint(
        int format,
        LaneId lane,
        long segment,
        long mapsThrough,
        Map<PartitionId, PartitionProgress> partitions,
        List<Gap> gaps) {
    public static final int FORMAT = 1;

    public Checkpoint {
        if (format != FORMAT) {
            throw new IllegalArgumentException("checkpoint of lane " + lane + ": format must be 1, was " + format);
        }
        if (mapsThrough > segment) {
            throw new IllegalArgumentException("checkpoint of lane " + lane + ": maps cover segment " + mapsThrough
                    + ", which is beyond segment " + segment);
        }
        partitions = Collections.unmodifiableMap(new TreeMap<>(partitions));
        gaps = List.copyOf(gaps);
    }
}
