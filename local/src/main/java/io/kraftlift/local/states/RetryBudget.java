package io.kraftlift.local.states;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The retries that one visit to a state has left; each retrier counts its own. A redrive starts with a new budget.
 * Confined to the thread of the visit.
 */
final class RetryBudget {
    private final List<Retrier> retriers;
    private final int[] used;
    private int total;

    RetryBudget(List<Retrier> retriers) {
        this.retriers = retriers;
        this.used = new int[retriers.size()];
    }

    /** Takes a retry from the first retrier that matches, and gives its pause; empty when that one has none left. */
    Optional<Duration> take(StateFailure failure, RandomGenerator random) {
        for (int i = 0; i < retriers.size(); i++) {
            Retrier retrier = retriers.get(i);
            if (retrier.errors().matches(failure)) {
                if (used[i] >= retrier.maxAttempts()) {
                    return Optional.empty();
                }
                used[i]++;
                total++;
                return Optional.of(retrier.delay(used[i], random));
            }
        }
        return Optional.empty();
    }

    /** How many retries were taken so far: {@code $states.context.State.RetryCount}. */
    int total() {
        return total;
    }
}
