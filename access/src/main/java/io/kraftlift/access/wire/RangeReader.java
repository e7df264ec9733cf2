package io.kraftlift.access.wire;

import io.kraftlift.core.batches.BatchHeader;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.kafka.common.IsolationLevel;

/**
 * Reads a range of every partition once, READ_UNCOMMITTED, batch by batch. The next fetch is under way while the batches
 * of the last are visited.
 *
 * <p>Mutable, confined to one thread.
 */
public final class RangeReader {
    private static final int MAX_BYTES = 16 << 20;
    private static final int PARTITION_BYTES = 4 << 20;
    private static final long POLL_MILLIS = 200;

    /** Receives the batches of a partition in order. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * A batch that begins in the range.
         *
         * @param batch position 0, limit its size; the checksum is not checked
         */
        void batch(int slot, ByteBuffer batch);
    }

    private final WireClient client;
    private final long[] next;
    private final long[] until;

    /**
     * Reads nothing yet.
     *
     * @param from first offset, for each slot of the client
     * @param until end, exclusive, for each slot; the log must reach it
     */
    public RangeReader(WireClient client, long[] from, long[] until) {
        this.client = client;
        this.next = from.clone();
        this.until = until.clone();
    }

    /**
     * Reads every range to its end.
     *
     * @throws InvariantBroken OFFSET_FLOOR_BROKEN when the log no longer has a range's start
     */
    public void read(Visitor visitor) {
        Queue<Runnable> visits = new ArrayDeque<>();
        RawFetcher fetcher = new RawFetcher(
                client,
                new RawFetcher.Limits(IsolationLevel.READ_UNCOMMITTED, MAX_BYTES, PARTITION_BYTES),
                new Ranges(visitor, visits));
        while (unfinished() || fetcher.waiting()) {
            fetcher.send();
            client.poll(visits.isEmpty() ? POLL_MILLIS : 0);
            fetcher.send();
            for (Runnable visit = visits.poll(); visit != null; visit = visits.poll()) {
                visit.run();
            }
        }
    }

    private boolean unfinished() {
        for (int slot = 0; slot < next.length; slot++) {
            if (next[slot] < until[slot]) {
                return true;
            }
        }
        return false;
    }

    private final class Ranges implements RawFetcher.Sink {
        private final Visitor visitor;
        private final Queue<Runnable> visits;

        Ranges(Visitor visitor, Queue<Runnable> visits) {
            this.visitor = visitor;
            this.visits = visits;
        }

        @Override
        public long wanted(int slot) {
            return next[slot] < until[slot] ? next[slot] : -1;
        }

        @Override
        public void fetched(int slot, FetchedRecords records) {
            ByteBuffer bytes = records.bytes();
            int at = bytes.position();
            while (next[slot] < until[slot] && bytes.limit() - at >= BatchHeader.SIZE) {
                int size = BatchHeader.size(bytes, at);
                if (size < BatchHeader.SIZE || bytes.limit() - at < size) {
                    return;
                }
                ByteBuffer batch = bytes.slice(at, size);
                at += size;
                long last = BatchHeader.lastOffset(batch, 0);
                if (last >= next[slot] && BatchHeader.baseOffset(batch, 0) < until[slot]) {
                    visits.add(() -> visitor.batch(slot, batch));
                }
                next[slot] = Math.max(next[slot], last + 1);
            }
        }

        @Override
        public void nothingUntil(int slot, long end) {
            next[slot] = Math.max(next[slot], end);
        }

        @Override
        public void outOfRange(int slot) {
            throw new InvariantBroken(
                    FailureName.OFFSET_FLOOR_BROKEN,
                    client.partition(slot) + " on the target no longer has offset " + next[slot]
                            + ", which was copied there; retention, or somebody, removed it");
        }
    }
}
