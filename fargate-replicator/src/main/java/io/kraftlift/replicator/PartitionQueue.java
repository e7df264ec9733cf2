package io.kraftlift.replicator;

import io.kraftlift.access.wire.Outage;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.replicator.Outgoing.Fate;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.protocol.Errors;

/**
 * One partition's batches on their way to the target, in order.
 *
 * <p>Mutable, confined to the sending thread.
 */
final class PartitionQueue {
    static final int MOST_IN_FLIGHT = 5;

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    final int slot;

    /** Whether it is among those that have something to send. */
    boolean listed;

    private final String name;
    private final LongSupplier nanoTime;
    private final ArrayDeque<Outgoing> ready = new ArrayDeque<>();
    private final ArrayDeque<Outgoing> inFlight = new ArrayDeque<>();
    private final Outage outage = new Outage();

    /** Whether it is unknown what the target has of what was sent: until that was waited for, and the target read. */
    private boolean doubt;

    private long retryAt;
    private int lastSentTo = -1;
    private long acknowledgedAt;
    private boolean acknowledged;

    /**
     * An empty one.
     *
     * @param name of the partition, for messages
     * @param nanoTime like System.nanoTime
     */
    PartitionQueue(int slot, String name, LongSupplier nanoTime) {
        this.slot = slot;
        this.name = name;
        this.nanoTime = nanoTime;
        this.retryAt = nanoTime.getAsLong();
    }

    void add(Outgoing outgoing) {
        ready.add(outgoing);
    }

    boolean isIdle() {
        return ready.isEmpty();
    }

    /** Whether the next batch may be sent. None is while it is not known what the target has. */
    boolean maySend() {
        long now = nanoTime.getAsLong();
        return !doubt && mayGoOn(now) && inFlight.size() < mostInFlight(now);
    }

    /** Whether it is time to read what the target has; nothing is in flight then. */
    boolean mayBeSettled() {
        return doubt && inFlight.isEmpty() && mayGoOn(nanoTime.getAsLong());
    }

    private boolean mayGoOn(long now) {
        return !ready.isEmpty() && now - retryAt >= 0;
    }

    /**
     * A broker that does not know our producer in a partition accepts any sequence as its first. So there is one batch
     * in flight until one was acknowledged, again after a failure, and after an idle hour.
     */
    private int mostInFlight(long now) {
        boolean known = acknowledged && now - acknowledgedAt < TimeUnit.HOURS.toNanos(1);
        return known ? MOST_IN_FLIGHT : 1;
    }

    /** Whether order is kept when the next batch goes to this broker. */
    boolean mayGoTo(Node broker) {
        return lastSentTo == broker.id() || inFlight.isEmpty();
    }

    Outgoing next(Node broker) {
        Outgoing next = ready.remove();
        next.fate = Fate.IN_FLIGHT;
        inFlight.add(next);
        lastSentTo = broker.id();
        return next;
    }

    /**
     * A batch that did not land, or of which that is not known. The broker may have forgotten our producer: it goes by the
     * records' timestamps, which are the source's, and forgets at a restart whoever wrote nothing younger than a day. It
     * would take the batch a second time, or a later one in its place. So the target is read before anything is sent again,
     * and then one batch goes alone.
     */
    void again(Outgoing outgoing, Errors error) {
        outgoing.fate = Fate.AGAIN;
        doubt = true;
        acknowledged = false;
        failed(error);
    }

    /**
     * Notes that nothing could be written.
     *
     * @throws TryAgain BROKER_UNREACHABLE where that has lasted
     */
    void failed(Errors error) {
        if (outage.exhausts(TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong()))) {
            throw new TryAgain(
                    FailureName.BROKER_UNREACHABLE,
                    name + " accepts nothing for " + TimeUnit.MILLISECONDS.toSeconds(Outage.PATIENCE_MILLIS) + " s ("
                            + error + ")");
        }
    }

    void landed(Outgoing outgoing) {
        outgoing.fate = Fate.LANDED;
        outgoing.segment.oneLanded();
        outage.end();
        acknowledged = true;
        acknowledgedAt = nanoTime.getAsLong();
    }

    /** What is not on the target as far as answers tell, in order; while the queue may be settled, it is all. */
    List<Step.Send> unsent() {
        return ready.stream().map(outgoing -> outgoing.send).toList();
    }

    /** Takes in that the target has what it should, up to {@code end}. */
    void settled(long end) {
        doubt = false;
        for (Outgoing head = ready.peek(); head != null && head.send.targetEnd() <= end; head = ready.peek()) {
            ready.remove();
            head.segment.oneLanded();
            outage.end();
        }
    }

    /**
     * After a failure, and once nothing is in flight, puts back what did not land, in order.
     *
     * @return whether it did
     */
    boolean regroup() {
        while (!inFlight.isEmpty() && inFlight.element().fate == Fate.LANDED) {
            inFlight.remove();
        }
        if (!doubt || inFlight.isEmpty() || inFlight.stream().anyMatch(outgoing -> outgoing.fate == Fate.IN_FLIGHT)) {
            return false;
        }
        while (!inFlight.isEmpty()) {
            Outgoing last = inFlight.removeLast();
            if (last.fate == Fate.AGAIN) {
                ready.addFirst(last);
            }
        }
        retryAt = nanoTime.getAsLong() + RETRY_NANOS;
        return true;
    }
}
