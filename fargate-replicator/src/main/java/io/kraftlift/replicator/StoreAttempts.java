package io.kraftlift.replicator;

import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.TryAgain;
import java.time.Duration;
import java.util.function.Supplier;

/** Repeats what a store did not answer: at once, then after pauses that double from 100 ms, about six seconds in all. */
final class StoreAttempts {
    private static final int ATTEMPTS = 7;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final Surroundings surroundings;

    StoreAttempts(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * Runs {@code operation}, which must be harmless when a run before it happened unseen.
     *
     * @throws TryAgain STORE_UNREACHABLE when it never answered
     */
    <T> T run(Supplier<T> operation) {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                return operation.get();
            } catch (TryAgain e) {
                if (e.failureName() != FailureName.STORE_UNREACHABLE || attempt == ATTEMPTS) {
                    throw e;
                }
            }
            sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private void sleep(Duration pause) {
        try {
            surroundings.sleeper().sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TryAgain(FailureName.STORE_UNREACHABLE, "interrupted while waiting for the store", e);
        }
    }
}
