package io.kraftlift.replicator;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Bytes between fetch and landing, in all and by partition. Safe for several threads. */
final class Budget {
    private final long limit;
    private final long partitionLimit;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLongArray usedBySlot;

    Budget(EngineSettings settings, int slots) {
        this.limit = settings.memoryBudget();
        this.partitionLimit = settings.partitionBudget();
        this.usedBySlot = new AtomicLongArray(slots);
    }

    void take(int slot, long bytes) {
        used.addAndGet(bytes);
        usedBySlot.addAndGet(slot, bytes);
    }

    void giveBack(int slot, long bytes) {
        used.addAndGet(-bytes);
        usedBySlot.addAndGet(slot, -bytes);
    }

    boolean exhausted() {
        return used.get() >= limit;
    }

    boolean exhausted(int slot) {
        return usedBySlot.get(slot) >= partitionLimit;
    }
}
