package io.kraftlift.replicator;

import io.kraftlift.access.wire.RangeReader;
import io.kraftlift.access.wire.WireClient;
import io.kraftlift.core.batches.BatchHeader;
import io.kraftlift.core.lanes.FirstDifference;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.segments.SegmentEntry;
import io.kraftlift.core.topics.PartitionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first difference of partitions that are another on the target than the lane's log says. Log and target are
 * read side by side, a segment at a time, so that no more than a segment and its like are in memory. A partition's last
 * batch of a segment is compared with the next, since what happened to a record is told by its neighbours.
 *
 * <p>Mutable, confined to one thread.
 */
final class DifferenceSearch {
    private final LaneWork work;
    private final List<CopiedRange> ranges;
    private final Map<PartitionId, FirstDifference> found = new HashMap<>();
    private final Map<PartitionId, Long> otherBytes = new HashMap<>();
    private final Map<Integer, Expected> carried = new HashMap<>();

    DifferenceSearch(LaneWork work, List<CopiedRange> ranges) {
        this.work = work;
        this.ranges = List.copyOf(ranges);
    }

    /**
     * Searches. Every partition gets an answer: where its records are all the same, it is that their bytes are not.
     *
     * @param lastSegment of what was copied
     */
    Map<PartitionId, FirstDifference> search(long lastSegment) {
        List<PartitionId> partitions =
                ranges.stream().map(CopiedRange::partition).toList();
        SegmentLog log = new SegmentLog(work);
        try (WireClient client = WireClient.open(work.config().target(), "target-search", partitions, 1)) {
            for (long number = 0; number <= lastSegment && found.size() < ranges.size(); number++) {
                compare(expected(log, number), 1, client);
            }
            compare(List.copyOf(carried.values()), 0, client);
        }
        for (CopiedRange range : ranges) {
            found.computeIfAbsent(range.partition(), partition -> sameRecords(range));
        }
        return found;
    }

    /** What a segment has of each partition that is still searched, after what was carried from the one before. */
    private List<Expected> expected(SegmentLog log, long number) {
        Map<PartitionId, List<SegmentEntry.Batch>> batches = new LinkedHashMap<>();
        for (SegmentEntry entry : log.read(number).entries()) {
            if (entry instanceof SegmentEntry.Batch batch) {
                batches.computeIfAbsent(batch.partition(), p -> new ArrayList<>())
                        .add(batch);
            }
        }
        List<Expected> expected = new ArrayList<>();
        for (int slot = 0; slot < ranges.size(); slot++) {
            CopiedRange range = ranges.get(slot);
            @Nullable List<SegmentEntry.Batch> more = batches.get(range.partition());
            if (more != null && !found.containsKey(range.partition())) {
                Expected none = new Expected(slot, range.from(), List.of(), 0);
                expected.add(carried.getOrDefault(slot, none).and(more));
            }
        }
        return expected;
    }

    /**
     * Some of a partition's batches, in order.
     *
     * @param base the target offset of the first record
     * @param compared how many of the first were compared before
     */
    private record Expected(int slot, long base, List<SegmentEntry.Batch> batches, int compared) {
        Expected and(List<SegmentEntry.Batch> more) {
            List<SegmentEntry.Batch> all = new ArrayList<>(batches);
            all.addAll(more);
            return new Expected(slot, base, all, compared);
        }

        /** After all but the last {@code left} were compared: these, and the one before them, without their segment. */
        Expected rest(int left) {
            int done = batches.size() - left;
            int dropped = Math.max(0, done - 1);
            List<SegmentEntry.Batch> rest =
                    batches.stream().skip(dropped).map(Expected::alone).toList();
            return new Expected(slot, base + records(dropped), rest, done - dropped);
        }

        private static SegmentEntry.Batch alone(SegmentEntry.Batch batch) {
            byte[] bytes = new byte[batch.bytes().remaining()];
            batch.bytes().duplicate().get(bytes);
            return new SegmentEntry.Batch(batch.partition(), batch.runs(), batch.sourceNext(), ByteBuffer.wrap(bytes));
        }

        long end() {
            return base + records(batches.size());
        }

        private long records(int ofTheFirst) {
            return batches.stream()
                    .limit(ofTheFirst)
                    .mapToLong(batch ->
                            BatchHeader.count(batch.bytes(), batch.bytes().position()))
                    .sum();
        }
    }

    /** Compares all but the last {@code left} batches of each partition, and carries those. */
    private void compare(List<Expected> expected, int left, WireClient client) {
        long[] from = new long[ranges.size()];
        long[] until = new long[ranges.size()];
        Map<Integer, List<ByteBuffer>> there = new HashMap<>();
        for (Expected one : expected) {
            CopiedRange range = ranges.get(one.slot());
            from[one.slot()] = Math.max(one.base(), range.readFrom());
            until[one.slot()] = Math.min(one.end(), range.readUntil());
            there.put(one.slot(), new ArrayList<>());
        }
        new RangeReader(client, from, until)
                .read((slot, batch) ->
                        Objects.requireNonNull(there.get(slot), "asked for").add(batch));
        for (Expected one : expected) {
            PartitionId partition = ranges.get(one.slot()).partition();
            BatchComparison comparison = new BatchComparison(
                    one.base(), one.batches(), Objects.requireNonNull(there.get(one.slot()), "was read"));
            comparison
                    .firstDifference(one.compared(), one.batches().size() - left)
                    .ifPresent(first -> found.putIfAbsent(partition, first));
            carried.put(one.slot(), one.rest(left));
            comparison.firstOtherBytes().ifPresent(at -> otherBytes.putIfAbsent(partition, at));
        }
    }

    private FirstDifference sameRecords(CopiedRange range) {
        @Nullable Long at = otherBytes.get(range.partition());
        return at == null
                ? new FirstDifference(
                        TargetOffset.of(range.from()),
                        "every record is that of the segments, but the checkpoint's digest is another")
                : new FirstDifference(
                        TargetOffset.of(at), "the same records are in batches of other bytes from here on");
    }
}
