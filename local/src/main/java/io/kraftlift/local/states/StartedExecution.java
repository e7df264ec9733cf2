package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * {@code states:startExecution}: starts an execution of another machine of the same server and goes on at once. What becomes
 * of that execution does not depend on the one that started it.
 */
final class StartedExecution implements TaskIntegration {
    static final String RESOURCE = "arn:aws:states:::states:startExecution";

    private final Executions executions;
    private final RandomGenerator random;

    StartedExecution(Executions executions, RandomGenerator random) {
        this.executions = executions;
        this.random = random;
    }

    @Override
    public JsonNode run(TaskCall call) throws TaskFailedException {
        ExecutionDescription started = start(executions, call, random);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("ExecutionArn", started.arn().toString());
        answer.put("StartDate", started.startDate().toEpochMilli());
        return answer;
    }

    /** Starts what a task's arguments ask for; of a name that has none the service makes one up. */
    static ExecutionDescription start(Executions executions, TaskCall call, RandomGenerator random)
            throws TaskFailedException {
        JsonNode arguments = call.arguments();
        try {
            StateMachineArn machine =
                    StateMachineArn.parse(arguments.path("StateMachineArn").asText());
            String name = arguments.path("Name").asText(new UUID(random.nextLong(), random.nextLong()).toString());
            JsonNode input = arguments.path("Input");
            return executions.start(
                    machine, name, input.isMissingNode() ? JsonNodeFactory.instance.objectNode() : input);
        } catch (StatesServiceException e) {
            throw new TaskFailedException(
                    "StepFunctions." + e.code().wireName() + "Exception", String.valueOf(e.getMessage()));
        }
    }
}
