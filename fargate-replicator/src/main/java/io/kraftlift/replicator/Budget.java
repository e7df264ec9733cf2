package io.kraftlift.replicator;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Bytes between fetch and landing, in all and by partition, and of these the bytes that are in no segment yet. Safe for
 * several threads.
 */
final class Budget {
    private final long limit;
    private final long partitionLimit;
    private final long unsealedLimit;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong unsealed = new AtomicLong();
    private final AtomicLongArray usedBySlot;

    Budget(EngineSettings settings, int slots) {
        this.limit = settings.memoryBudget();
        this.partitionLimit = settings.partitionBudget();
        this.unsealedLimit = settings.unsealedBudget();
        this.usedBySlot = new AtomicLongArray(slots);
    }

    /** Bytes that were fetched. */
    void fetched(int slot, long bytes) {
        unsealed.addAndGet(bytes);
        take(slot, bytes);
    }

    /** Of these, bytes that were put into a segment. */
    void sealed(long bytes) {
        unsealed.addAndGet(-bytes);
    }

    /** Bytes that are in a segment already. */
    void take(int slot, long bytes) {
        used.addAndGet(bytes);
        usedBySlot.addAndGet(slot, bytes);
    }

    void giveBack(int slot, long bytes) {
        used.addAndGet(-bytes);
        usedBySlot.addAndGet(slot, -bytes);
    }

    boolean exhausted() {
        return used.get() >= limit || unsealed.get() >= unsealedLimit;
    }

    boolean exhausted(int slot) {
        return usedBySlot.get(slot) >= partitionLimit;
    }
}
