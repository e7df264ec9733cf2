package io.kraftlift.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryTest {
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(3);

    private static Retrier retrier(String error, int attempts) {
        return new Retrier(
                new ErrorPattern(List.of(error)), Duration.ofSeconds(2), attempts, 3.0, Duration.ofSeconds(10), false);
    }

    @ParameterizedTest
    @CsvSource({
        "States.ALL, Some.Error, true",
        "States.ALL, States.Timeout, true",
        "States.ALL, States.DataLimitExceeded, false",
        "States.ALL, States.Runtime, false",
        "States.Runtime, States.Runtime, false",
        "States.DataLimitExceeded, States.DataLimitExceeded, true",
        "States.TaskFailed, Lambda.Unknown, true",
        "States.TaskFailed, States.TaskFailed, true",
        "States.TaskFailed, States.Timeout, false",
        "States.TaskFailed, States.HeartbeatTimeout, false",
        "States.TaskFailed, States.QueryEvaluationError, false",
        "States.Timeout, States.HeartbeatTimeout, true",
        "States.HeartbeatTimeout, States.Timeout, false",
        "Some.Error, Some.Other, false",
    })
    void matchesErrorNames(String pattern, String error, boolean matches) {
        assertThat(new ErrorPattern(List.of(pattern)).matches(new StateFailure(error, "")))
                .isEqualTo(matches);
    }

    @Test
    void pausesGrowByTheRateUpToTheLimit() {
        Retrier retrier = retrier("E", 9);

        assertThat(List.of(1, 2, 3, 4))
                .map(retry -> retrier.delay(retry, random).toSeconds())
                .containsExactly(2L, 6L, 10L, 10L);
    }

    @Test
    void jitterDrawsBetweenNothingAndTheWholePause() {
        Retrier retrier = new Retrier(new ErrorPattern(List.of("E")), Duration.ofSeconds(4), 9, 1.0, null, true);

        List<Duration> pauses =
                random.ints(200).mapToObj(i -> retrier.delay(1, random)).toList();

        assertThat(pauses).allMatch(pause -> !pause.isNegative() && pause.compareTo(Duration.ofSeconds(4)) < 0);
        assertThat(pauses).anyMatch(pause -> pause.compareTo(Duration.ofSeconds(1)) < 0);
        assertThat(pauses).anyMatch(pause -> pause.compareTo(Duration.ofSeconds(3)) > 0);
    }

    @Test
    void everyRetrierCountsItsOwnAttempts() {
        RetryBudget budget = new RetryBudget(List.of(retrier("A", 1), retrier("B", 2), retrier("C", 0)));

        assertThat(budget.take(new StateFailure("A", ""), random)).isPresent();
        assertThat(budget.take(new StateFailure("A", ""), random)).isEmpty();
        assertThat(budget.take(new StateFailure("B", ""), random)).contains(Duration.ofSeconds(2));
        assertThat(budget.take(new StateFailure("B", ""), random)).contains(Duration.ofSeconds(6));
        assertThat(budget.take(new StateFailure("B", ""), random)).isEmpty();
        assertThat(budget.take(new StateFailure("C", ""), random)).isEmpty();
        assertThat(budget.take(new StateFailure("D", ""), random)).isEmpty();
        assertThat(budget.total()).isEqualTo(3);
    }
}
