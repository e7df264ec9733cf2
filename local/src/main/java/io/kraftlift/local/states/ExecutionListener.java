package io.kraftlift.local.states;

/**
 * Hears of the progress of executions. Calls come from the threads of the interpreter, several at a time, and should
 * return soon; what they throw is logged and otherwise ignored.
 */
public interface ExecutionListener {
    /** A listener that does nothing. */
    ExecutionListener SILENT = new ExecutionListener() {};

    /** A state was entered, for the first time or by a redrive; not called again for retries. */
    default void stateEntered(ExecutionArn execution, String stateName) {}

    /** A state was left with a result, or through a catcher. */
    default void stateExited(ExecutionArn execution, String stateName) {}

    /**
     * The execution has ended, and all of its work with it. For FAILED, TIMED_OUT and ABORTED this is the place of a
     * safety net.
     */
    default void executionEnded(ExecutionDescription execution) {}
}
