package io.kraftlift.access.cutover;

import io.kraftlift.core.cutover.Freeze;
import java.time.Duration;
import java.time.Instant;

/** How long a request to a broker may take. */
final class Patience {
    /** Outside the frozen window: what Kafka's own clients wait for an answer. */
    static final Duration UNHURRIED = Duration.ofSeconds(30);

    /** Below this a request would be given up before a healthy broker can answer. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private Patience() {}

    /** Inside the frozen window: what is left of it, within reason. */
    static Duration within(Freeze freeze, Instant now) {
        Duration left = freeze.remaining(now);
        if (left.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return left.compareTo(UNHURRIED) < 0 ? left : UNHURRIED;
    }
}
