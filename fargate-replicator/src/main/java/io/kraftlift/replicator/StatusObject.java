package io.kraftlift.replicator;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.metrics.MetricLines;
import io.kraftlift.core.lanes.Ended;
import io.kraftlift.core.lanes.LaneStatus;
import io.kraftlift.core.lanes.PartitionStatus;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.metrics.MetricName;
import io.kraftlift.core.metrics.MetricName.Detail;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes how the lane is doing, and counts it for CloudWatch.
 *
 * <p>Mutable, confined to one thread.
 */
final class StatusObject {
    /** Rates are taken over so long. */
    private static final Duration WINDOW = Duration.ofSeconds(5);

    /** CloudWatch shows minutes; six counts in each are enough for an average, and cost little to keep. */
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(10);

    private static final double MILLIS = 1000;

    private final LaneWork work;
    private final Landing landing;
    private final IntToLongFunction sourceEnds;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private final MetricLines metrics;
    private @Nullable Instant counted;

    private record Sample(Instant at, long records, long bytes) {}

    /** @param sourceEnds by slot, where the source's partition ends as last heard */
    StatusObject(LaneWork work, Landing landing, IntToLongFunction sourceEnds) {
        this.work = work;
        this.landing = landing;
        this.sourceEnds = sourceEnds;
        this.metrics = MetricLines.of(work.surroundings());
    }

    void write(Goal goal) {
        Instant now = work.surroundings().clock().instant();
        Sample sample = new Sample(now, landing.records(), landing.bytes());
        samples.add(sample);
        while (samples.size() > 2 && samples.element().at().isBefore(now.minus(WINDOW))) {
            samples.remove();
        }
        Sample first = samples.element();
        double seconds = Duration.between(first.at(), now).toMillis() / MILLIS;
        double recordsPerSecond = seconds > 0 ? (sample.records() - first.records()) / seconds : 0;
        double bytesPerSecond = seconds > 0 ? (sample.bytes() - first.bytes()) / seconds : 0;
        Map<PartitionId, PartitionStatus> partitions = partitions(goal);
        long left = partitions.values().stream().mapToLong(PartitionStatus::lag).sum();
        List<Ended> endings = landing.endings();
        LaneStatus status = new LaneStatus(
                work.plan().lane(),
                work.mode(),
                now,
                goal.revision(),
                sample.records(),
                sample.bytes(),
                bytesPerSecond,
                recordsPerSecond,
                eta(left, recordsPerSecond),
                landing.segment(),
                partitions,
                landing.gaps(),
                endings.isEmpty() ? null : endings);
        work.store().put(work.objects().status(work.plan().lane()), ByteBuffer.wrap(Documents.write(status)));
        count(status);
    }

    private void count(LaneStatus status) {
        if (counted != null && status.at().isBefore(counted.plus(BETWEEN_COUNTS))) {
            return;
        }
        counted = status.at();
        metrics.say(
                Detail.LANE,
                status.lane().toString(),
                Map.of(
                        MetricName.LARGEST_LAG,
                        (double) status.largestLag(),
                        MetricName.TOTAL_LAG,
                        (double) status.totalLag(),
                        MetricName.RECORDS_PER_SECOND,
                        status.recordsPerSecond(),
                        MetricName.BYTES_PER_SECOND,
                        status.bytesPerSecond(),
                        MetricName.GAPS,
                        (double) status.gaps().size(),
                        MetricName.LANE_REPORTS,
                        1.0));
    }

    private static long eta(long left, double recordsPerSecond) {
        if (left == 0) {
            return 0;
        }
        return recordsPerSecond > 0 ? (long) Math.ceil(left / recordsPerSecond) : -1;
    }

    private Map<PartitionId, PartitionStatus> partitions(Goal goal) {
        List<PartitionId> ids = work.partitionIds();
        Map<PartitionId, PartitionStatus> partitions = new TreeMap<>();
        for (int slot = 0; slot < ids.size(); slot++) {
            long end = work.mode() == ReplicationMode.SEED ? goal.ends()[slot] : sourceEnds.applyAsLong(slot);
            partitions.put(
                    ids.get(slot),
                    new PartitionStatus(SourceOffset.of(landing.sourceNext(slot)), SourceOffset.of(end)));
        }
        return partitions;
    }
}
