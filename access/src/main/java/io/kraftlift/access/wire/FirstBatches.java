package io.kraftlift.access.wire;

import io.kraftlift.core.batches.BatchHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.IsolationLevel;

/**
 * Reads the first batch of every partition of a client, to see its message format.
 *
 * <p>Mutable, confined to one thread.
 */
public final class FirstBatches implements RawFetcher.Sink {
    private static final int MAX_BYTES = 4 << 20;

    /** Most first batches are smaller; a larger one comes when its partition is the first of a request. */
    private static final int PARTITION_BYTES = 16 << 10;

    private static final byte MAGIC_2 = 2;
    private static final long POLL_MILLIS = 200;
    private static final long SEEN = -1;

    private final WireClient client;
    private final long[] wanted;
    private final List<Integer> old = new ArrayList<>();

    /**
     * Reads nothing yet.
     *
     * @param starts where the log begins, for each slot of the client
     */
    public FirstBatches(WireClient client, long[] starts) {
        this.client = client;
        this.wanted = starts.clone();
    }

    /** The slots whose first batch is of format 0 or 1. */
    public List<Integer> ofOldFormat() throws InterruptedException {
        RawFetcher fetcher = new RawFetcher(
                client, new RawFetcher.Limits(IsolationLevel.READ_UNCOMMITTED, MAX_BYTES, PARTITION_BYTES), this);
        while (unfinished()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("reading first batches");
            }
            fetcher.send();
            client.poll(POLL_MILLIS);
        }
        return List.copyOf(old);
    }

    private boolean unfinished() {
        for (long offset : wanted) {
            if (offset != SEEN) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long wanted(int slot) {
        return wanted[slot];
    }

    @Override
    public void fetched(int slot, FetchedRecords records) {
        ByteBuffer bytes = records.bytes();
        if (bytes.remaining() >= BatchHeader.PREFIX_SIZE) {
            if (BatchHeader.magic(bytes, bytes.position()) < MAGIC_2) {
                old.add(slot);
            }
            wanted[slot] = SEEN;
        } else if (records.end() <= wanted[slot]) {
            wanted[slot] = SEEN;
        }
    }

    @Override
    public void nothingUntil(int slot, long end) {
        wanted[slot] = SEEN;
    }

    /** Retention took the beginning meanwhile; what is there now is newer. */
    @Override
    public void outOfRange(int slot) {
        wanted[slot] = SEEN;
    }
}
