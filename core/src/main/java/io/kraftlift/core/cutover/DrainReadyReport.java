package io.kraftlift.core.cutover;

import io.kraftlift.core.lanes.Gap;
import io.kraftlift.core.topics.PartitionId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the approver of the cutover sees, {@code results/drain-ready.json}.
 *
 * @param caughtUpSince the first look of the stable window
 * @param records copied so far, by all lanes
 * @param bytes of record batches copied so far, by all lanes
 * @param lagging lag of every partition that has any
 * @param gaps what retention removed before it was copied
 */
public record DrainReadyReport(
        Instant at,
        Instant caughtUpSince,
        long largestLag,
        long totalLag,
        long records,
        long bytes,
        double recordsPerSecond,
        double bytesPerSecond,
        int lanes,
        int partitions,
        Map<PartitionId, Long> lagging,
        List<Gap> gaps) {
    public DrainReadyReport {
        lagging = Collections.unmodifiableMap(new TreeMap<>(lagging));
        gaps = List.copyOf(gaps);
    }
}
