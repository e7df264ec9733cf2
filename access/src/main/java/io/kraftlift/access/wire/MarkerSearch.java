package io.kraftlift.access.wire;

import io.kraftlift.core.batches.BatchHeader;
import io.kraftlift.core.batches.ProducerIdentity;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.TryAgain;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a range of every partition's log for the commit marker of a producer.
 *
 * <p>Mutable, confined to one thread.
 */
public final class MarkerSearch implements RawFetcher.Sink {
    private static final int MAX_BYTES = 16 << 20;

    /** A marker has 78 bytes; a producer that goes on writes more than this before it is found out. */
    private static final int PARTITION_BYTES = 64 << 10;

    private static final byte MAGIC_2 = 2;
    private static final long POLL_MILLIS = 100;

    private final WireClient client;
    private final List<Wanted> wanted;
    private final long[] next;
    private final @Nullable Seen[] seen;

    /**
     * Where a marker should be.
     *
     * @param from the first offset that it can have
     * @param until the end of the range, exclusive; the log must reach it
     */
    public record Wanted(ProducerIdentity producer, long from, long until) {}

    /** What a range has. */
    public sealed interface Seen {
        /** The commit marker of the producer; compaction may have emptied its batch. */
        record Marker(long offset) implements Seen {}

        /** Other batches and not the marker. */
        record OtherBatches() implements Seen {}

        /** No batch at all: compaction was there, or the range is empty. */
        record Nothing() implements Seen {}

        /** The log begins later, or has ended before. */
        record OutOfRange() implements Seen {}
    }

    /**
     * Reads nothing yet.
     *
     * @param wanted for each slot of the client
     */
    public MarkerSearch(WireClient client, List<Wanted> wanted) {
        this.client = client;
        this.wanted = List.copyOf(wanted);
        this.next = wanted.stream().mapToLong(Wanted::from).toArray();
        this.seen = new Seen[wanted.size()];
    }

    /**
     * What each range has.
     *
     * @throws TryAgain BROKER_UNREACHABLE when the ranges were not read in time
     */
    public List<Seen> search(Duration patience) throws InterruptedException {
        long deadline = Time.SYSTEM.milliseconds() + patience.toMillis();
        RawFetcher fetcher = new RawFetcher(
                client, new RawFetcher.Limits(IsolationLevel.READ_UNCOMMITTED, MAX_BYTES, PARTITION_BYTES), this);
        for (int unread = firstUnread(); unread >= 0; unread = firstUnread()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("looking for markers");
            }
            if (Time.SYSTEM.milliseconds() >= deadline) {
                throw new TryAgain(
                        FailureName.BROKER_UNREACHABLE,
                        "source: " + client.partition(unread) + " was not read in time for its transaction marker");
            }
            fetcher.poll(POLL_MILLIS);
        }
        List<Seen> all = new ArrayList<>();
        for (Seen one : seen) {
            all.add(one == null ? new Seen.Nothing() : one);
        }
        return all;
    }

    private int firstUnread() {
        for (int slot = 0; slot < next.length; slot++) {
            if (wanted(slot) >= 0) {
                return slot;
            }
        }
        return -1;
    }

    @Override
    public long wanted(int slot) {
        boolean over = seen[slot] instanceof Seen.Marker
                || seen[slot] instanceof Seen.OutOfRange
                || next[slot] >= wanted.get(slot).until();
        return over ? -1 : next[slot];
    }

    @Override
    public void fetched(int slot, FetchedRecords records) {
        ByteBuffer bytes = records.bytes();
        int at = bytes.position();
        while (wanted(slot) >= 0 && bytes.limit() - at >= BatchHeader.PREFIX_SIZE) {
            int size = BatchHeader.size(bytes, at);
            if (size < BatchHeader.PREFIX_SIZE || bytes.limit() - at < size) {
                return;
            }
            take(slot, bytes.slice(at, size));
            at += size;
        }
    }

    private void take(int slot, ByteBuffer batch) {
        boolean old = BatchHeader.magic(batch, 0) < MAGIC_2;
        long first = BatchHeader.baseOffset(batch, 0);
        long last = old ? first : BatchHeader.lastOffset(batch, 0);
        if (last < next[slot]) {
            return;
        }
        Wanted one = wanted.get(slot);
        if (first < one.until()) {
            seen[slot] = !old && isCommitOf(one.producer(), batch) ? new Seen.Marker(first) : new Seen.OtherBatches();
        }
        moveTo(slot, last + 1);
    }

    private static boolean isCommitOf(ProducerIdentity producer, ByteBuffer batch) {
        if (!BatchHeader.isControl(batch, 0)
                || BatchHeader.producerId(batch, 0) != producer.id()
                || BatchHeader.producerEpoch(batch, 0) != producer.epoch()) {
            return false;
        }
        // An epoch has one transaction, so that an emptied batch is this one's marker too.
        return BatchHeader.count(batch, 0) == 0 || typeOf(batch) == ControlRecordType.COMMIT;
    }

    private static ControlRecordType typeOf(ByteBuffer batch) {
        Record marker = MemoryRecords.readableRecords(batch.duplicate())
                .batches()
                .iterator()
                .next()
                .iterator()
                .next();
        return ControlRecordType.parse(marker.key());
    }

    @Override
    public void nothingUntil(int slot, long end) {
        moveTo(slot, end);
    }

    private void moveTo(int slot, long offset) {
        next[slot] = Math.max(next[slot], offset);
    }

    @Override
    public void outOfRange(int slot) {
        seen[slot] = new Seen.OutOfRange();
    }
}
