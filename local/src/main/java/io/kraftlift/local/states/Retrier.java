package io.kraftlift.local.states;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code Retry}.
 *
 * @param maxAttempts how often it may retry, 0 or more
 * @param maxDelay the longest pause, null for no limit
 * @param fullJitter whether each pause is drawn between 0 and its full length
 */
record Retrier(
        ErrorPattern errors,
        Duration interval,
        int maxAttempts,
        double backoffRate,
        @Nullable Duration maxDelay,
        boolean fullJitter) {
    /** The pause before retry number {@code retry}, counted from 1. */
    Duration delay(int retry, RandomGenerator random) {
        double millis = (double) interval.toMillis() * Math.pow(backoffRate, retry - 1.0);
        if (maxDelay != null) {
            millis = Math.min(millis, (double) maxDelay.toMillis());
        }
        return Duration.ofMillis((long) (fullJitter ? millis * random.nextDouble() : millis));
    }
}
