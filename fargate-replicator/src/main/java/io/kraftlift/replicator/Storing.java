package io.kraftlift.replicator;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The thread that makes sealed segments durable, one after the other (invariant B), while the next one is being filled.
 * Invariant A is kept here: only a durable segment is handed on.
 */
final class Storing {
    private static final long POLL_MILLIS = 50;

    private final RunControl control;
    private final SegmentLog log;
    /** One at most: what else there is to store is gathered in the next segment meanwhile. */
    private final BlockingQueue<Sealed> in = new ArrayBlockingQueue<>(1);

    private final AtomicLong unstored = new AtomicLong();
    private volatile boolean noMore;

    /** A segment in memory: its bytes, and what it becomes once they are durable. */
    record Sealed(ByteBuffer content, DurableSegment segment) {}

    Storing(LaneWork work, RunControl control) {
        this.control = control;
        this.log = new SegmentLog(work);
    }

    /** Takes in the next segment; waits while another one waits. For the sealing thread. */
    void accept(Sealed sealed) throws InterruptedException {
        unstored.incrementAndGet();
        while (!in.offer(sealed, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            if (control.failed()) {
                return;
            }
        }
    }

    /** Says that no segment follows. For the sealing thread. */
    void noMore() {
        noMore = true;
    }

    /** Whether everything that was taken in is durable. For any thread. */
    boolean idle() {
        return unstored.get() == 0;
    }

    /** Stores until nothing follows. */
    void run(Consumer<DurableSegment> durable) throws InterruptedException {
        while (!control.failed()) {
            boolean last = noMore;
            Sealed next = in.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (next != null) {
                log.append(next.segment().number(), next.content());
                durable.accept(next.segment());
                unstored.decrementAndGet();
            } else if (last) {
                return;
            }
        }
    }
}
