package io.kraftlift.replicator;

import io.kraftlift.access.wire.RangeReader;
import io.kraftlift.access.wire.WireClient;
import io.kraftlift.core.batches.BatchHeader;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.topics.PartitionId;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Future;

/**
 * What is on the target, read and not assumed. Invariant C is checked here: the target's log of a partition is a prefix of
 * its lane's records, and nothing else.
 *
 * <p>Mutable, confined to one thread at a time.
 */
final class TargetLog implements TargetWatch.Target, AutoCloseable {
    private final List<PartitionId> partitions;
    private final ClusterLogs logs;
    private final WireClient client;

    TargetLog(LaneWork work) {
        this.partitions = work.partitionIds();
        this.logs = new ClusterLogs("target", work.config().target());
        try {
            this.client = WireClient.open(work.config().target(), "target-check", partitions, 1);
        } catch (RuntimeException e) {
            logs.close();
            throw e;
        }
    }

    WireClient client() {
        return client;
    }

    ClusterLogs logs() {
        return logs;
    }

    /** Every partition's log end, by slot. */
    long[] ends() {
        return bySlot(logs.ends(partitions));
    }

    /** For any thread. */
    @Override
    public Future<long[]> endsLater() {
        return logs.endsLater(partitions).thenApply(this::bySlot);
    }

    /** Every partition's log start, by slot. */
    long[] starts() {
        return bySlot(logs.starts(partitions));
    }

    long end(int slot) {
        return logs.end(partitions.get(slot));
    }

    /** The slots that have a record, not counting transaction markers, between their log's start and end. */
    List<Integer> withRecords(Collection<Integer> slots, long[] starts, long[] ends) {
        long[] until = new long[ends.length];
        for (int slot : slots) {
            until[slot] = ends[slot];
        }
        boolean[] found = new boolean[ends.length];
        new RangeReader(client, starts, until)
                .read((slot, batch) ->
                        found[slot] |= !BatchHeader.isControl(batch, 0) && BatchHeader.count(batch, 0) > 0);
        List<Integer> withRecords = new ArrayList<>();
        for (int slot : slots) {
            if (found[slot]) {
                withRecords.add(slot);
            }
        }
        return withRecords;
    }

    /**
     * Checks that what the target has from each first expected batch up to {@code ends} is the expected batches, byte for
     * byte (the checksum covers every byte that we decide), and no part of one.
     *
     * @param expected by slot, the lane's batches in order from the first that may or may not have landed
     * @param ends by slot, the log's end; a slot that is not among the keys of {@code expected} is not looked at
     * @throws InvariantBroken FOREIGN_WRITER or LOG_TRUNCATED when it is not so
     * @throws TryAgain LANE_LOST when another worker of this lane is at work
     */
    void verify(Map<Integer, List<Step.Send>> expected, long[] ends) {
        long[] from = new long[partitions.size()];
        long[] until = new long[partitions.size()];
        List<Queue<Step.Send>> queues = new ArrayList<>();
        for (int slot = 0; slot < from.length; slot++) {
            Queue<Step.Send> queue = new ArrayDeque<>(expected.getOrDefault(slot, List.of()));
            queues.add(queue);
            if (!queue.isEmpty()) {
                from[slot] = queue.element().targetBase();
                until[slot] = ends[slot];
                requireNotBelow(slot, ends[slot], from[slot]);
            }
        }
        if (!Arrays.equals(from, max(from, until))) {
            // Nothing to read where every end is the first expected offset.
            new RangeReader(client, from, until).read((slot, batch) -> compare(slot, batch, queues.get(slot)));
        }
    }

    @Override
    public void requireNotBelow(int slot, long end, long durable) {
        if (end < durable) {
            throw new InvariantBroken(
                    FailureName.LOG_TRUNCATED,
                    partitions.get(slot) + " on the target ends at " + end + ", but records up to " + durable
                            + " were acknowledged there: the topic was made anew, or its leader lost data");
        }
    }

    @Override
    public InvariantBroken foreign(int slot, long first, long last) {
        return new InvariantBroken(
                FailureName.FOREIGN_WRITER,
                partitions.get(slot) + " on the target: offsets " + first + " to " + last
                        + " were written by somebody else; nothing may write to the target before the clients switch");
    }

    private void compare(int slot, ByteBuffer found, Queue<Step.Send> expected) {
        long base = BatchHeader.baseOffset(found, 0);
        Step.Send next = expected.poll();
        if (next == null) {
            throw foreign(slot, base, BatchHeader.lastOffset(found, 0));
        }
        ByteBuffer ours = next.bytes();
        int at = ours.position();
        boolean same = base == next.targetBase()
                && found.remaining() == ours.remaining()
                && BatchHeader.checksum(found, 0) == BatchHeader.checksum(ours, at);
        if (!same) {
            throw foreign(slot, base, BatchHeader.lastOffset(found, 0));
        }
    }

    private static long[] max(long[] from, long[] until) {
        long[] max = new long[from.length];
        Arrays.setAll(max, slot -> Math.max(from[slot], until[slot]));
        return max;
    }

    private long[] bySlot(Map<PartitionId, Long> offsets) {
        return partitions.stream()
                .mapToLong(partition -> offsets.getOrDefault(partition, 0L))
                .toArray();
    }

    @Override
    public void close() {
        client.close();
        logs.close();
    }
}
