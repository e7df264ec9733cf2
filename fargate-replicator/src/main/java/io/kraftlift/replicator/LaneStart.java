package io.kraftlift.replicator;

import io.kraftlift.access.wire.ProducerIds;
import io.kraftlift.core.batches.BatchHeader;
import io.kraftlift.core.batches.DigestChain;
import io.kraftlift.core.batches.ProducerIdentity;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.Ended;
import io.kraftlift.core.lanes.Gap;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.offsets.OffsetMap;
import io.kraftlift.core.offsets.OffsetMapFormat;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.segments.Segment;
import io.kraftlift.core.segments.SegmentEntry;
import io.kraftlift.core.segments.SegmentHeader;
import io.kraftlift.core.segments.SegmentWriter;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.topics.PartitionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings a lane to where it can go on, from its log and from what the target has.
 *
 * <ol>
 *   <li>Read the checkpoint, and the offset maps that it vouches for.
 *   <li>Replay the segments after them: into the maps up to the checkpoint, as batches to send after it.
 *   <li>Open the partitions that no segment has opened: their target must have no record.
 *   <li>Read the target's log ends; check that what is there is ours; the rest is still to be sent.
 * </ol>
 */
final class LaneStart {
    private final LaneWork work;
    private final SegmentLog log;
    private final TargetLog target;
    private final Map<PartitionId, Integer> slots = new HashMap<>();

    /**
     * A lane that can go on.
     *
     * @param positions by slot, where the writing of segments goes on
     * @param nextNumber of the next segment
     * @param unlanded the segments after the checkpoint, in order
     * @param landedUpTo by slot, the target's log end: batches below it are there
     * @param ended the slots whose copy is over, because their topic is no more on the source
     */
    @SuppressWarnings("ArrayRecordComponent") // one slot per partition; handed over once, never compared
    record Opened(
            PartitionPosition[] positions,
            ProducerIdentity producer,
            long nextNumber,
            Landing landing,
            List<DurableSegment> unlanded,
            long[] landedUpTo,
            BitSet ended) {}

    LaneStart(LaneWork work, SegmentLog log, TargetLog target) {
        this.work = work;
        this.log = log;
        this.target = target;
        List<PartitionId> ids = work.partitionIds();
        for (int slot = 0; slot < ids.size(); slot++) {
            slots.put(ids.get(slot), slot);
        }
    }

    Opened open(Checkpoint checkpoint) {
        long count = log.count();
        if (checkpoint.segment() >= count) {
            throw new InvariantBroken(
                    FailureName.OBJECT_DAMAGED,
                    "lane " + work.plan().lane() + ": its checkpoint names segment " + checkpoint.segment()
                            + ", but there are only " + count + " segments; nothing was changed");
        }
        Replay replay = new Replay(checkpoint);
        replay.readMaps();
        replay.readSegments(checkpoint.mapsThrough() + 1, count);
        if (!replay.mapsFit()) {
            // A predecessor wrote older maps over newer ones; the segments have everything.
            replay = new Replay(checkpoint);
            replay.readSegments(0, count);
            if (!replay.mapsFit()) {
                throw new InvariantBroken(
                        FailureName.OBJECT_DAMAGED,
                        "lane " + work.plan().lane()
                                + ": its segments do not lead to its checkpoint; nothing was changed");
            }
        }
        ProducerIdentity producer = replay.producer != null ? replay.producer : ProducerIds.allocate(target.client());
        long[] ends = target.ends();
        long next = openTheRest(replay, producer, count, ends);
        verify(replay, ends, next);
        Landing landing = new Landing(work, replay.maps, replay.durable, checkpoint);
        return new Opened(positions(replay), producer, next, landing, replay.unlanded, ends, replay.ended);
    }

    /** Opens partitions that are in no segment yet, in a segment of their own; returns the number that is next. */
    private long openTheRest(Replay replay, ProducerIdentity producer, long number, long[] ends) {
        List<Integer> unopened = new ArrayList<>();
        for (int slot = 0; slot < work.slots(); slot++) {
            if (replay.newest[slot] == null) {
                unopened.add(slot);
            }
        }
        if (unopened.isEmpty() && number > 0) {
            return number;
        }
        requireNoRecords(unopened, ends, number);
        SegmentWriter writer =
                new SegmentWriter(new SegmentHeader(work.plan().lane(), number, work.writer(), producer));
        Map<Integer, PartitionProgress> after = new HashMap<>();
        List<PartitionProgress> states = new ArrayList<>();
        for (int slot : unopened) {
            LanePartition partition = work.plan().partitions().get(slot);
            SegmentEntry.Open open =
                    new SegmentEntry.Open(partition.partition(), partition.seedFrom(), TargetOffset.of(ends[slot]));
            writer.open(open.partition(), open.sourceStart(), open.targetStart());
            PartitionProgress first = replay.opened(open);
            after.put(slot, first);
            states.add(first);
        }
        ByteBuffer content = writer.seal(states);
        log.append(number, content);
        replay.unlanded.add(new DurableSegment(number, List.of(), after));
        return number + 1;
    }

    private void requireNoRecords(List<Integer> unopened, long[] ends, long number) {
        List<Integer> used = target.withRecords(unopened, target.starts(), ends);
        if (used.isEmpty()) {
            return;
        }
        if (log.count() != number) {
            throw new TryAgain(
                    FailureName.LANE_LOST,
                    "lane " + work.plan().lane() + ": another worker began it at the same time; this one ends");
        }
        PartitionId first = work.partitionIds().get(used.get(0));
        throw new OperatorActionNeeded(
                FailureName.TOPOLOGY_CONFLICT,
                used.size() + " partitions of the target already have records, " + first
                        + " among them; delete these topics on the target, or exclude them");
    }

    private void verify(Replay replay, long[] ends, long next) {
        Map<Integer, List<Step.Send>> expected = new HashMap<>();
        for (DurableSegment segment : replay.unlanded) {
            for (Step.Send send : segment.sends()) {
                expected.computeIfAbsent(send.slot(), slot -> new ArrayList<>()).add(send);
            }
        }
        for (int slot = 0; slot < work.slots(); slot++) {
            long durable = replay.durable[slot].targetNext().value();
            target.requireNotBelow(slot, ends[slot], durable);
            if (ends[slot] > durable && !expected.containsKey(slot)) {
                throw log.count() > next ? laneLost() : target.foreign(slot, durable, ends[slot] - 1);
            }
        }
        try {
            target.verify(expected, ends);
        } catch (InvariantBroken e) {
            // Of a segment that another worker wrote just now?
            throw log.count() > next ? laneLost() : e;
        }
    }

    private TryAgain laneLost() {
        return new TryAgain(
                FailureName.LANE_LOST,
                "lane " + work.plan().lane() + ": another worker writes it at the same time; this one ends");
    }

    private PartitionPosition[] positions(Replay replay) {
        List<PartitionId> ids = work.partitionIds();
        PartitionPosition[] positions = new PartitionPosition[ids.size()];
        for (int slot = 0; slot < positions.length; slot++) {
            positions[slot] =
                    PartitionPosition.resumed(ids.get(slot), replay.maps[slot].copiedFrom(), replay.newest[slot]);
        }
        return positions;
    }

    /** What the log says. */
    private final class Replay {
        private final Checkpoint checkpoint;
        private final OffsetMap[] maps = new OffsetMap[work.slots()];
        private final PartitionProgress[] durable = new PartitionProgress[work.slots()];
        private final PartitionProgress[] newest = new PartitionProgress[work.slots()];
        private final List<DurableSegment> unlanded = new ArrayList<>();
        private final BitSet ended = new BitSet();
        private @Nullable ProducerIdentity producer;

        Replay(Checkpoint checkpoint) {
            this.checkpoint = checkpoint;
            checkpoint.partitions().forEach((partition, progress) -> {
                int slot = slotOf(partition, "its checkpoint");
                durable[slot] = progress;
                newest[slot] = progress;
            });
            checkpoint.ended().forEach(ending -> ended.set(slotOf(ending.partition(), "its checkpoint")));
        }

        void readMaps() {
            if (checkpoint.mapsThrough() < 0) {
                return;
            }
            StoreAttempts attempts = new StoreAttempts(work.surroundings());
            for (PartitionId partition : checkpoint.partitions().keySet()) {
                ObjectKey key = work.objects().offsetMap(partition);
                Optional<OffsetMap> map = attempts.run(() -> work.store().get(key))
                        .map(object -> OffsetMapFormat.read(object.content(), key.value()));
                if (map.isPresent()) {
                    maps[slotOf(partition, "its checkpoint")] = map.get();
                }
            }
        }

        void readSegments(long first, long end) {
            for (long number = first; number < end; number++) {
                read(log.read(number));
            }
            if (first == end && end > 0) {
                producer = log.read(end - 1).header().producer();
            }
        }

        private void read(Segment segment) {
            producer = segment.header().producer();
            boolean landed = segment.header().number() <= checkpoint.segment();
            List<Step> steps = new ArrayList<>();
            Map<Integer, Long> targets = new HashMap<>();
            for (SegmentEntry entry : segment.entries()) {
                int slot =
                        slotOf(entry.partition(), "segment " + segment.header().number());
                if (entry instanceof SegmentEntry.Open open) {
                    if (maps[slot] == null) {
                        opened(open);
                    }
                    targets.put(slot, newest[slot].targetNext().value());
                    continue;
                }
                Step step = entry instanceof SegmentEntry.Ended end
                        ? over(end, slot, segment)
                        : stepOf(entry, slot, targets);
                if (landed) {
                    Landing.apply(
                            maps[slot], step instanceof Step.Send send ? send.runs() : List.of(), step.sourceNext());
                } else {
                    steps.add(step);
                }
            }
            if (!landed) {
                Map<Integer, PartitionProgress> after = new HashMap<>();
                segment.progress().forEach((partition, progress) -> {
                    int slot = slotOf(partition, "a segment's index");
                    newest[slot] = progress;
                    after.put(slot, progress);
                });
                unlanded.add(new DurableSegment(segment.header().number(), steps, after));
            }
        }

        private Step over(SegmentEntry.Ended end, int slot, Segment segment) {
            ended.set(slot);
            PartitionProgress last = Objects.requireNonNull(segment.progress().get(end.partition()));
            return new Step.Over(slot, new Ended(end.partition(), end.why(), last.sourceNext()));
        }

        private Step stepOf(SegmentEntry entry, int slot, Map<Integer, Long> targets) {
            if (entry instanceof SegmentEntry.Batch batch) {
                int records = BatchHeader.count(batch.bytes(), 0);
                long base = targets.merge(slot, (long) records, Long::sum) - records;
                return new Step.Send(slot, batch.runs(), batch.sourceNext().value(), batch.bytes(), base, records);
            }
            if (entry instanceof SegmentEntry.Missing missing) {
                return new Step.Missing(slot, new Gap(missing.partition(), missing.first(), missing.last()));
            }
            return new Step.Advance(
                    slot, ((SegmentEntry.Advance) entry).sourceNext().value());
        }

        /** Takes in a partition's first mention. */
        PartitionProgress opened(SegmentEntry.Open open) {
            int slot = slotOf(open.partition(), "a segment");
            PartitionProgress first =
                    new PartitionProgress(open.sourceStart(), open.targetStart(), 0, 0, DigestChain.START);
            maps[slot] = new OffsetMap(open.partition(), open.sourceStart(), open.targetStart());
            if (newest[slot] == null) {
                durable[slot] = first;
                newest[slot] = first;
            }
            return first;
        }

        /** Whether the maps answer for everything that the checkpoint says has landed. */
        boolean mapsFit() {
            for (Map.Entry<PartitionId, PartitionProgress> entry :
                    checkpoint.partitions().entrySet()) {
                OffsetMap map = maps[slotOf(entry.getKey(), "its checkpoint")];
                PartitionProgress landed = entry.getValue();
                if (map == null
                        || map.targetNext().compareTo(landed.targetNext()) < 0
                        || map.coveredTo().compareTo(landed.sourceNext()) < 0) {
                    return false;
                }
            }
            return true;
        }

        private int slotOf(PartitionId partition, String where) {
            Integer slot = slots.get(partition);
            if (slot == null) {
                throw new InvariantBroken(
                        FailureName.OBJECT_DAMAGED,
                        "lane " + work.plan().lane() + ": " + where + " has " + partition
                                + ", which the lane's plan has not; nothing was changed");
            }
            return slot;
        }
    }
}
