package io.kraftlift.access.cutover;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Says how long it has been since a step began. */
record Stopwatch(Clock clock, Instant startedAt) {
    static Stopwatch start(Clock clock) {
        return new Stopwatch(clock, clock.instant());
    }

    Instant now() {
        return clock.instant();
    }

    long millis() {
        return Duration.between(startedAt, clock.instant()).toMillis();
    }
}
