package io.kraftlift.local.states;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for time to pass: for Wait states, for the pauses of Retry, and for timeouts and heartbeats. */
@FunctionalInterface
public interface Sleeper {
    /** Returns when that much time has passed, at once for zero or less. */
    void sleep(Duration duration) throws InterruptedException;

    /** Waits by the machine's own time. */
    static Sleeper system() {
        return duration -> TimeUnit.MILLISECONDS.sleep(Math.max(0, duration.toMillis()));
    }
}
