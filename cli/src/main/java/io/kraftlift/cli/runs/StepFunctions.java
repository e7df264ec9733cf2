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
     * @throws io.kraftlift.core.failures.KraftliftFailure when Step Functions does not answer or refuses
     */
    boolean sendTaskSuccess(String token, String output);

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

    /**
     * Starts an execution. The same name and input again, while the first runs, is no error and starts nothing.
     *
     * @param stateMachineArn of a machine, or of a version or an alias of it
     * @param input JSON
     * @return its ARN
     * @throws io.kraftlift.cli.CommandFailure OPERATOR_ACTION_NEEDED when an execution of that name has ended or has another
     *     input
     */
    String startExecution(String stateMachineArn, String name, String input);

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
