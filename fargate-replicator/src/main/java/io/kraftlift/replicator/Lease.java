package io.kraftlift.replicator;

import io.kraftlift.access.json.Documents;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.lanes.LaneLease;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.StoredObject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * This run's hold on its lane. A convenience: what is right does not depend on it.
 *
 * <p>Mutable; renewed by one thread, asked by another.
 */
final class Lease {
    /** Renewed four times before it runs out. */
    private static final int RENEWALS = 5;

    private static final Duration ASK_EVERY = Duration.ofMillis(250);

    private final LaneWork work;
    private final ObjectKey key;
    private final StoreAttempts attempts;
    private volatile Instant expires = Instant.MIN;

    Lease(LaneWork work) {
        this.work = work;
        this.attempts = new StoreAttempts(work.surroundings());
        this.key = work.objects().laneLease(work.plan().lane());
    }

    /**
     * Takes the lane, waiting for another's lease to run out.
     *
     * @throws TryAgain LANE_LEASE_HELD when the other renews it
     */
    void acquire() {
        Instant deadline = now().plus(work.settings().leasePatience());
        while (!attempts.run(this::take)) {
            if (now().isAfter(deadline)) {
                throw new TryAgain(
                        FailureName.LANE_LEASE_HELD,
                        "lane " + work.plan().lane() + ": another worker holds it and is alive; this one ends");
            }
            pause();
        }
    }

    /**
     * Renews the lease when it is time to.
     *
     * @throws TryAgain LANE_LOST when another worker has taken it
     */
    void renew() {
        Duration left = Duration.between(now(), expires);
        Duration renewBelow =
                work.settings().leaseTime().multipliedBy(RENEWALS - 1).dividedBy(RENEWALS);
        if (left.compareTo(renewBelow) <= 0 && !attempts.run(this::take)) {
            throw new TryAgain(
                    FailureName.LANE_LOST,
                    "lane " + work.plan().lane() + ": another worker took it over while this one was silent");
        }
    }

    /** Whether nobody else can hold the lane now. */
    boolean holds() {
        return now().isBefore(expires);
    }

    void release() {
        attempts.run(this::giveBack);
        expires = Instant.MIN;
    }

    private boolean giveBack() {
        Optional<StoredObject> there = work.store().get(key);
        return there.isPresent()
                && read(there.get()).owner().equals(work.writer())
                && work.store()
                        .replace(key, there.get().version(), bytesOf(now()))
                        .isPresent();
    }

    private boolean take() {
        Instant until = now().plus(work.settings().leaseTime());
        Optional<StoredObject> there = work.store().get(key);
        boolean taken;
        if (there.isEmpty()) {
            taken = work.store().putIfAbsent(key, bytesOf(until));
        } else {
            LaneLease lease = read(there.get());
            boolean free =
                    lease.owner().equals(work.writer()) || !lease.expires().isAfter(now());
            taken = free
                    && work.store()
                            .replace(key, there.get().version(), bytesOf(until))
                            .isPresent();
        }
        expires = taken ? until : expires;
        return taken;
    }

    private LaneLease read(StoredObject object) {
        return Documents.read(object.content(), LaneLease.class, key.value());
    }

    private ByteBuffer bytesOf(Instant until) {
        return ByteBuffer.wrap(Documents.write(new LaneLease(work.plan().lane(), work.writer(), until)));
    }

    private Instant now() {
        return work.surroundings().clock().instant();
    }

    private void pause() {
        try {
            work.surroundings().sleeper().sleep(ASK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TryAgain(FailureName.LANE_LEASE_HELD, "interrupted while waiting for the lane", e);
        }
    }
}
