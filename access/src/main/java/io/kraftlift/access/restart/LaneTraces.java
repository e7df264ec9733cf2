package io.kraftlift.access.restart;

import io.kraftlift.access.plans.StoredLanes;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LaneLease;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.segments.Segment;
import io.kraftlift.core.segments.SegmentEntry;
import io.kraftlift.core.segments.SegmentReader;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectSummary;
import io.kraftlift.core.topics.PartitionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the lanes' logs say that they may have written to the target. */
final class LaneTraces {
    private final MigrationRun run;

    LaneTraces(MigrationRun run) {
        this.run = run;
    }

    /**
     * What a lane has written to a partition.
     *
     * @param producer the lane's producer id, which nobody else has
     * @param acknowledged the target offset (exclusive) up to which its records are there
     * @param written the target offset (exclusive) up to which they may be there
     */
    record Trace(long producer, long acknowledged, long written) {}

    /**
     * The traces of every partition that a lane has opened.
     *
     * @throws TryAgain LANE_LEASE_HELD while a worker may be alive
     */
    Map<PartitionId, Trace> read() {
        requireNoWorker();
        Map<PartitionId, Trace> traces = new TreeMap<>();
        new StoredLanes(run.backup(), run.objects())
                .find()
                .ifPresent(lanes ->
                        lanes.plans().lanes().stream().map(LanePlan::lane).forEach(lane -> read(lane, traces)));
        return traces;
    }

    /** A worker that has ended gives its lease back, and the lease of one that was killed runs out. */
    private void requireNoWorker() {
        Instant now = run.surroundings().clock().instant();
        for (ObjectSummary object : run.backup().list(run.objects().laneLeases())) {
            LaneLease lease = run.read(object.key(), LaneLease.class);
            if (lease.expires().isAfter(now)) {
                throw new TryAgain(
                        FailureName.LANE_LEASE_HELD,
                        "lane " + lease.lane() + ": its worker may be alive until " + lease.expires()
                                + "; what it writes must have ended before the target is cleared");
            }
        }
    }

    private void read(LaneId lane, Map<PartitionId, Trace> traces) {
        List<ObjectSummary> segments = run.backup().list(run.objects().lane(lane));
        if (segments.isEmpty()) {
            return;
        }
        Map<PartitionId, Long> acknowledged = new TreeMap<>();
        long landed = -1;
        Checkpoint checkpoint =
                run.find(run.objects().checkpoint(lane), Checkpoint.class).orElse(null);
        if (checkpoint != null) {
            landed = checkpoint.segment();
            checkpoint
                    .partitions()
                    .forEach((partition, progress) ->
                            acknowledged.put(partition, progress.targetNext().value()));
        }
        Map<PartitionId, Long> written = new TreeMap<>(acknowledged);
        Segment last = segment(segments.get(segments.size() - 1).key());
        for (ObjectSummary object : segments.subList(Math.toIntExact(landed + 1), segments.size())) {
            Segment segment = segment(object.key());
            for (SegmentEntry entry : segment.entries()) {
                if (entry instanceof SegmentEntry.Open open) {
                    acknowledged.putIfAbsent(
                            open.partition(), open.targetStart().value());
                }
            }
            segment.progress()
                    .forEach((partition, progress) ->
                            written.put(partition, progress.targetNext().value()));
        }
        long producer = last.header().producer().id();
        acknowledged.forEach((partition, there) ->
                traces.put(partition, new Trace(producer, there, written.getOrDefault(partition, there))));
    }

    private Segment segment(ObjectKey key) {
        return SegmentReader.read(
                run.backup()
                        .get(key)
                        .orElseThrow(() -> new InvariantBroken(
                                FailureName.OBJECT_DAMAGED, run.backup().root() + key.value() + " is missing"))
                        .content(),
                key.value());
    }
}
