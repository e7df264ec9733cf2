package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * {@code states:startExecution.sync:2}: runs another machine of the same server, and stops it when the task is
 * cancelled. The result is what DescribeExecution says, with the output as JSON instead of as text.
 */
final class ChildExecution implements TaskIntegration {
    static final String RESOURCE = "arn:aws:states:::states:startExecution.sync:2";

    private final Executions executions;
    private final RandomGenerator random;

    ChildExecution(Executions executions, RandomGenerator random) {
        this.executions = executions;
        this.random = random;
    }

    @Override
    public JsonNode run(TaskCall call) throws TaskFailedException, InterruptedException {
        ExecutionDescription end =
                awaitEnd(StartedExecution.start(executions, call, random).arn());
        ObjectNode described = described(end);
        if (end.status() != ExecutionStatus.SUCCEEDED) {
            throw new TaskFailedException(StateFailure.TASK_FAILED, described.toString());
        }
        return described;
    }

    /** Waits without a limit of its own: the task's TimeoutSeconds cancels it. */
    private ExecutionDescription awaitEnd(ExecutionArn child) throws InterruptedException {
        Execution execution = executions.find(child);
        try {
            return execution.await();
        } catch (InterruptedException e) {
            execution.stopAndWait("States.TaskAborted", "the task that started this execution was cancelled");
            throw e;
        }
    }

    private static ObjectNode described(ExecutionDescription end) {
        ObjectNode described = JsonNodeFactory.instance.objectNode();
        described.put("ExecutionArn", end.arn().toString());
        described.put("Name", end.arn().name());
        described.put("StateMachineArn", end.arn().machine().toString());
        described.put("Status", end.status().name());
        described.put("StartDate", end.startDate().toEpochMilli());
        putDate(described, "StopDate", end.stopDate());
        described.set("Input", end.input());
        described.putObject("InputDetails").put("Included", true);
        if (end.output() != null) {
            described.set("Output", end.output());
            described.putObject("OutputDetails").put("Included", true);
        }
        if (end.error() != null) {
            described.put("Error", end.error());
        }
        if (end.cause() != null) {
            described.put("Cause", end.cause());
        }
        described.put("RedriveCount", end.redriveCount());
        return described;
    }

    private static void putDate(ObjectNode described, String field, @Nullable Instant date) {
        if (date != null) {
            described.put(field, date.toEpochMilli());
        }
    }
}
