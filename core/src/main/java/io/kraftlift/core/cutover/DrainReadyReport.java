package io.kraftlift.core.cutover;

import io.kraftlift.core.lanes.Ended;
import io.kraftlift.core.lanes.Gap;
import io.kraftlift.core.topics.PartitionId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the approver of the cutover sees, {@code results/drain-ready.json}.
 *
 * @param caughtUpSince the first look of the stable window
 * @param records copied so far, by all lanes
 * @param bytes of record batches copied so far, by all lanes
 * @param lagging lag of every partition that has any
 * @param gaps what retention removed before it was copied
 * @param ended partitions whose topic is no more on the source; null when none
 * @param extensions how many extensions the plan has: with it, what is approved; null when none
 * @param conflicts why partitions that came to the source could not be taken in; null when nothing is in the way
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
        List<Gap> gaps,
        @Nullable List<Ended> ended,
        @Nullable Long extensions,
        @Nullable List<String> conflicts) {
    public DrainReadyReport {
        lagging = Collections.unmodifiableMap(new TreeMap<>(lagging));
        gaps = List.copyOf(gaps);
        ended = ended == null ? null : List.copyOf(ended);
        conflicts = conflicts == null ? null : List.copyOf(conflicts);
    }

    /** The report of a source that has the topics and partitions that it had when the plan was made. */
    public DrainReadyReport(
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
        this(
                at,
                caughtUpSince,
                largestLag,
                totalLag,
                records,
                bytes,
                recordsPerSecond,
                bytesPerSecond,
                lanes,
                partitions,
                lagging,
                gaps,
                null,
                null,
                null);
    }

    /** The same on what the tail found at the source. */
    public DrainReadyReport with(List<Ended> endings, long planExtensions, List<String> obstacles) {
        return new DrainReadyReport(
                at,
                caughtUpSince,
                largestLag,
                totalLag,
                records,
                bytes,
                recordsPerSecond,
                bytesPerSecond,
                lanes,
                partitions,
                lagging,
                gaps,
                endings.isEmpty() ? null : endings,
                planExtensions == 0 ? null : planExtensions,
                obstacles.isEmpty() ? null : obstacles);
    }

    /** Partitions whose topic is no more on the source. */
    public List<Ended> endings() {
        return ended == null ? List.of() : ended;
    }

    /** How many extensions the plan had that was looked at. */
    public long planExtensions() {
        return extensions == null ? 0 : extensions;
    }

    /** Why partitions that came to the source could not be taken in. */
    public List<String> obstacles() {
        return conflicts == null ? List.of() : conflicts;
    }
}
