package io.kraftlift.replicator;

import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.Ended;
import io.kraftlift.core.lanes.Gap;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.offsets.OffsetMap;
import io.kraftlift.core.offsets.OffsetMapFormat;
import io.kraftlift.core.offsets.SourceRun;
import io.kraftlift.core.topics.PartitionId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What of the lane is on the target, with the offset maps that follow from it. Invariants D and E: a checkpoint and the
 * maps are made of this, and it learns of a segment only after every batch of it and of all before it is on the target.
 *
 * <p>Mutable; guarded by its monitor.
 */
final class Landing {
    private final LaneWork work;
    private final OffsetMap[] maps;
    private final PartitionProgress[] progress;
    private final List<Gap> gaps;
    private final List<Ended> endings;
    private final BitSet changedMaps = new BitSet();
    private long segment;
    private long mapsThrough;
    private long records;
    private long bytes;
    private long version;

    /** An offset map that changed since it was last written, as bytes. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier to its one reader, never compared
    record ChangedMap(PartitionId partition, byte[] content) {}

    /** A checkpoint, and the maps that must be written before it. */
    record Snapshot(Checkpoint checkpoint, List<ChangedMap> maps) {}

    /** As a start left it. */
    Landing(LaneWork work, OffsetMap[] maps, PartitionProgress[] progress, Checkpoint checkpoint) {
        this.work = work;
        this.maps = maps;
        this.progress = progress;
        this.gaps = new ArrayList<>(checkpoint.gaps());
        this.endings = new ArrayList<>(checkpoint.ended());
        this.segment = checkpoint.segment();
        this.mapsThrough = checkpoint.mapsThrough();
        for (PartitionProgress partition : progress) {
            records += partition.records();
            bytes += partition.bytes();
        }
        if (mapsThrough < segment) {
            changedMaps.set(0, maps.length);
        }
    }

    /** Takes in a segment of which every batch is on the target; they come in order. */
    synchronized void landed(DurableSegment landed) {
        for (Step step : landed.steps()) {
            apply(step, maps[step.slot()]);
        }
        for (Map.Entry<Integer, PartitionProgress> after : landed.after().entrySet()) {
            PartitionProgress before = progress[after.getKey()];
            records += after.getValue().records() - before.records();
            bytes += after.getValue().bytes() - before.bytes();
            progress[after.getKey()] = after.getValue();
            changedMaps.set(after.getKey());
        }
        segment = landed.number();
        version++;
        notifyAll();
    }

    private void apply(Step step, OffsetMap map) {
        if (step instanceof Step.Missing missing) {
            gaps.add(missing.gap());
        }
        if (step instanceof Step.Over over) {
            endings.add(over.ended());
        }
        apply(map, step instanceof Step.Send send ? send.runs() : List.of(), step.sourceNext());
    }

    /** Adds runs to a map, unless a predecessor's map, written just before it died, already has them. */
    static void apply(OffsetMap map, List<SourceRun> runs, long sourceNext) {
        if (sourceNext <= map.coveredTo().value()) {
            return;
        }
        for (SourceRun run : runs) {
            map.append(run.first().value(), run.count());
        }
        map.advance(sourceNext);
    }

    /** Waits until something landed after {@code seen}, but not longer than {@code millis}; returns the new count. */
    synchronized long awaitNews(long seen, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; version == seen && left > 0; left = millisUntil(deadline)) {
            wait(left);
        }
        return version;
    }

    private static long millisUntil(long deadline) {
        return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }

    /** The checkpoint of what has landed, with every map that changed: for when the maps must be exact. */
    synchronized Snapshot withMaps() {
        List<ChangedMap> changed = new ArrayList<>();
        changedMaps.stream()
                .forEach(
                        slot -> changed.add(new ChangedMap(maps[slot].partition(), OffsetMapFormat.write(maps[slot]))));
        changedMaps.clear();
        mapsThrough = segment;
        return new Snapshot(checkpoint(), changed);
    }

    /** The checkpoint of what has landed, with the maps as they were last written. */
    synchronized Snapshot withoutMaps() {
        return new Snapshot(checkpoint(), List.of());
    }

    private Checkpoint checkpoint() {
        Map<PartitionId, PartitionProgress> all = new TreeMap<>();
        List<PartitionId> ids = work.partitionIds();
        for (int slot = 0; slot < progress.length; slot++) {
            all.put(ids.get(slot), progress[slot]);
        }
        return new Checkpoint(Checkpoint.FORMAT, work.plan().lane(), segment, mapsThrough, all, gaps, endings);
    }

    /** Whether every partition that has an end is at or beyond it. */
    synchronized boolean reached(long[] ends) {
        for (int slot = 0; slot < ends.length; slot++) {
            if (progress[slot].sourceNext().value() < ends[slot]) {
                return false;
            }
        }
        return true;
    }

    synchronized long sourceNext(int slot) {
        return progress[slot].sourceNext().value();
    }

    synchronized long targetNext(int slot) {
        return progress[slot].targetNext().value();
    }

    synchronized long segment() {
        return segment;
    }

    synchronized long records() {
        return records;
    }

    synchronized long bytes() {
        return bytes;
    }

    /** The partitions whose copy is over, because their topic is no more on the source. */
    synchronized List<Ended> endings() {
        return List.copyOf(endings);
    }

    synchronized List<Gap> gaps() {
        return List.copyOf(gaps);
    }
}
