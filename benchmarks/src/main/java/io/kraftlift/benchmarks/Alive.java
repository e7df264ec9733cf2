package io.kraftlift.benchmarks;

import io.kraftlift.brokers.ForkedJvm;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Copiers that are measured must be there. */
final class Alive {
    private static final int LOG_LINES = 20;

    private Alive() {}

    /**
     * Does nothing while all run, or have ended well.
     *
     * @throws IllegalStateException with the end of its log, when one has failed
     */
    static void require(List<ForkedJvm> forked) throws InterruptedException, ExecutionException {
        for (ForkedJvm one : forked) {
            if (!one.isAlive() && one.onExit().get() != 0) {
                throw new IllegalStateException(
                        one + ": ended with code " + one.onExit().get() + ": " + one.logTail(LOG_LINES));
            }
        }
    }
}
