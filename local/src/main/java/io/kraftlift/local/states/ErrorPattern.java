package io.kraftlift.local.states;

import java.util.List;

/**
 * The {@code ErrorEquals} of a retrier or catcher.
 *
 * <p>{@code States.ALL} stands for every error but {@code States.DataLimitExceeded} and {@code States.Runtime};
 * {@code States.TaskFailed} for every error that a task gave itself; {@code States.Timeout} also for a missed heartbeat.
 * {@code States.Runtime} is never matched.
 */
record ErrorPattern(List<String> names) {
    ErrorPattern {
        names = List.copyOf(names);
    }

    boolean matches(StateFailure failure) {
        String error = failure.error();
        return !error.equals(StateFailure.RUNTIME) && names.stream().anyMatch(name -> matches(name, error));
    }

    private static boolean matches(String name, String error) {
        return switch (name) {
            case StateFailure.ALL -> !error.equals(StateFailure.DATA_LIMIT_EXCEEDED);
            case StateFailure.TASK_FAILED -> error.equals(StateFailure.TASK_FAILED) || !error.startsWith("States.");
            case StateFailure.TIMEOUT ->
                error.equals(StateFailure.TIMEOUT) || error.equals(StateFailure.HEARTBEAT_TIMEOUT);
            default -> name.equals(error);
        };
    }
}
