package io.kraftlift.cli.runs;

import java.time.Instant;
import java.util.Optional;

/** What the command line asks of Step Functions. */
public interface StepFunctions extends AutoCloseable {
    /**
     * Ends a waiting task.
     *
     * @param token the task's token; it goes nowhere but into the request
     * @return false when that task does not wait any more
     * @throws io.kraftlift.cli.CommandFailure when Step Functions does not answer or refuses
     */
    boolean sendTaskSuccess(String token, String output);

    /**
     * Starts an execution.
     *
     * @param input JSON
     * @return its ARN
     */
    String startExecution(String stateMachineArn, String name, String input);

    /** Aborts an execution; without effect when it has ended. */
    void stopExecution(String executionArn, String error, String cause);

    /**
     * Lets an execution that has ended go on where it stopped.
     *
     * @return why Step Functions does not; empty when it does
     */
    Optional<String> redriveExecution(String executionArn);

    /** How an execution is doing; empty when there is none of that name. */
    Optional<ExecutionState> describe(String executionArn);

    @Override
    void close();

    /**
     * An execution's state.
     *
     * @param status RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED or PENDING_REDRIVE
     * @param cause why it failed, where it did
     */
    record ExecutionState(String status, Instant startedAt, Optional<Instant> stoppedAt, Optional<String> cause) {}
}
