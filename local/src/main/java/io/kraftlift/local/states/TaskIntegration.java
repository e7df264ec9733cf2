package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The work behind a Task's {@code Resource}.
 *
 * <p>It runs on a thread of its own. When the Task times out, its branch is cancelled or its execution is stopped, that
 * thread is interrupted; the work should then end what it started and throw {@link InterruptedException}.
 */
@FunctionalInterface
public interface TaskIntegration {
    /**
     * Does the work once and gives its result. For a {@code .waitForTaskToken} resource the result is not used.
     *
     * @throws TaskFailedException when the work failed; Retry and Catch see its error name
     * @throws InterruptedException when the work was cancelled
     */
    JsonNode run(TaskCall call) throws TaskFailedException, InterruptedException;
}
