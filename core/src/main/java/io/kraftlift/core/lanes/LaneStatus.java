package io.kraftlift.core.lanes;

import io.kraftlift.core.topics.PartitionId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a lane is doing, {@code status/<lane>.json}, written about once a second. For eyes and for lag; what is durable is
 * said by the {@link Checkpoint} alone.
 *
 * @param at when it was written
 * @param controlRevision the revision of the control object that the worker obeys
 * @param recordsCopied records on the target, of the lane's whole life
 * @param bytesCopied bytes of record batches on the target, of the lane's whole life
 * @param bytesPerSecond over the last seconds
 * @param etaSeconds until the seed's end or lag zero; -1 when nothing moves
 * @param segment the last durable segment; -1 before the first
 * @param ended partitions whose topic is no more on the source; null when none
 */
public record LaneStatus(
        LaneId lane,
        ReplicationMode mode,
        Instant at,
        long controlRevision,
        long recordsCopied,
        long bytesCopied,
        double bytesPerSecond,
        double recordsPerSecond,
        long etaSeconds,
        long segment,
        Map<PartitionId, PartitionStatus> partitions,
        List<Gap> gaps,
        @Nullable List<Ended> ended) {
    public LaneStatus {
        partitions = Collections.unmodifiableMap(new TreeMap<>(partitions));
        gaps = List.copyOf(gaps);
        ended = ended == null ? null : List.copyOf(ended);
    }

    /** The status of a lane of which nothing has ended. */
    public LaneStatus(
            LaneId lane,
            ReplicationMode mode,
            Instant at,
            long controlRevision,
            long recordsCopied,
            long bytesCopied,
            double bytesPerSecond,
            double recordsPerSecond,
            long etaSeconds,
            long segment,
            Map<PartitionId, PartitionStatus> partitions,
            List<Gap> gaps) {
        this(
                lane,
                mode,
                at,
                controlRevision,
                recordsCopied,
                bytesCopied,
                bytesPerSecond,
                recordsPerSecond,
                etaSeconds,
                segment,
                partitions,
                gaps,
                null);
    }

    /** What will not be copied any further. */
    public List<Ended> endings() {
        return ended == null ? List.of() : ended;
    }

    /** The largest lag of any partition; 0 without partitions. */
    public long largestLag() {
        return partitions.values().stream()
                .mapToLong(PartitionStatus::lag)
                .max()
                .orElse(0);
    }

    public long totalLag() {
        return partitions.values().stream().mapToLong(PartitionStatus::lag).sum();
    }
}
