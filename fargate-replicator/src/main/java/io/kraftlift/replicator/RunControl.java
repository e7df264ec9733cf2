package io.kraftlift.replicator;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the threads of a run tell each other: the goal, and the first failure. Safe for several threads. */
final class RunControl {
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile Goal goal;

    RunControl(Goal goal) {
        this.goal = goal;
    }

    Goal goal() {
        return goal;
    }

    void pursue(Goal next) {
        goal = next;
    }

    /** Ends the run; of several failures the first counts. */
    void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
    }

    boolean failed() {
        return failure.get() != null;
    }

    @Nullable
    Throwable failure() {
        return failure.get();
    }
}
