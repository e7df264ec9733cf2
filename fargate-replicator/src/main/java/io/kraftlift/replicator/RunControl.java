package io.kraftlift.replicator;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the threads of a run tell each other: the goal, and the first failure. Safe for several threads. */
final class RunControl {
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile Goal goal;
    private volatile boolean reopening;

    RunControl(Goal goal) {
        this.goal = goal;
    }

    Goal goal() {
        return goal;
    }

    void pursue(Goal next) {
        goal = next;
    }

    /** Asks the threads to bring what is in hand to the target and to end, so that the lane can be opened again. */
    void reopen() {
        reopening = true;
    }

    boolean reopening() {
        return reopening;
    }

    /** Says that the lane is opened again, and that threads may go on. */
    void reopened() {
        reopening = false;
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
