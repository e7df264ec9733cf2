package io.kraftlift.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The operations of the protocol: each takes a request and gives a response in the service's shapes. */
final class WireOperations {
    private static final String NO_ROLE = "arn:aws:iam::000000000000:role/local";

    private final Executions executions;
    private final Tokens tokens;
    private final RandomGenerator random;

    WireOperations(Executions executions, Tokens tokens, RandomGenerator random) {
        this.executions = executions;
        this.tokens = tokens;
        this.random = random;
    }

    JsonNode call(String operation, JsonNode request) {
        return switch (operation) {
            case "CreateStateMachine" -> createStateMachine(request);
            case "DescribeStateMachine" -> describeStateMachine(machine(request));
            case "DescribeStateMachineForExecution" -> describeStateMachineForExecution(request);
            case "ListStateMachines" -> listStateMachines(request);
            case "StartExecution" -> startExecution(request);
            case "DescribeExecution" -> WireShapes.execution(execution(request).describe());
            case "ListExecutions" -> listExecutions(request);
            case "GetExecutionHistory" -> getExecutionHistory(request);
            case "StopExecution" -> stopExecution(request);
            case "RedriveExecution" -> redriveExecution(request);
            case "SendTaskSuccess" -> sendTaskSuccess(request);
            case "SendTaskFailure" -> sendTaskFailure(request);
            case "SendTaskHeartbeat" -> sendTaskHeartbeat(request);
            default ->
                throw new StatesServiceException(
                        StatesServiceException.Code.UNKNOWN_OPERATION,
                        "X-Amz-Target: this server has no operation '" + operation + "'");
        };
    }

    private JsonNode createStateMachine(JsonNode request) {
        JsonNode definition =
                json("definition", required(request, "definition"), StatesServiceException.Code.INVALID_DEFINITION);
        if (!request.path("type").asText("STANDARD").equals("STANDARD")) {
            throw new StatesServiceException(
                    StatesServiceException.Code.VALIDATION, "type: must be STANDARD, was " + request.path("type"));
        }
        StateMachineDescription machine = executions.create(new StateMachineArn(required(request, "name")), definition);
        ObjectNode response = response().put("stateMachineArn", machine.arn().toString());
        return WireShapes.date(response, "creationDate", machine.creationDate());
    }

    private ObjectNode describeStateMachine(StateMachineArn arn) {
        StateMachineDescription machine = executions.describe(arn);
        ObjectNode response = WireShapes.machine(machine)
                .put("status", "ACTIVE")
                .put("definition", machine.definition().toString())
                .put("roleArn", NO_ROLE);
        response.putObject("loggingConfiguration").put("level", "OFF");
        return response;
    }

    private JsonNode describeStateMachineForExecution(JsonNode request) {
        ObjectNode response =
                describeStateMachine(execution(request).describe().arn().machine());
        response.remove(List.of("status", "type"));
        JsonNode created = response.remove("creationDate");
        response.set("updateDate", created);
        return response;
    }

    private JsonNode listStateMachines(JsonNode request) {
        List<ObjectNode> all =
                executions.machines().stream().map(WireShapes::machine).toList();
        return Page.of(all, request).into(response(), "stateMachines");
    }

    private JsonNode startExecution(JsonNode request) {
        String name = request.path("name").asText(new UUID(random.nextLong(), random.nextLong()).toString());
        JsonNode input =
                json("input", request.path("input").asText("{}"), StatesServiceException.Code.INVALID_EXECUTION_INPUT);
        ExecutionDescription started = executions.start(machine(request), name, input);
        ObjectNode response = response().put("executionArn", started.arn().toString());
        return WireShapes.date(response, "startDate", started.startDate());
    }

    private JsonNode listExecutions(JsonNode request) {
        String status = request.path("statusFilter").asText("");
        List<ObjectNode> all = executions.executions(machine(request)).stream()
                .filter(execution ->
                        status.isEmpty() || execution.status().name().equals(status))
                .map(WireShapes::executionListItem)
                .toList();
        return Page.of(all, request).into(response(), "executions");
    }

    private JsonNode getExecutionHistory(JsonNode request) {
        List<HistoryEvent> events = new ArrayList<>(execution(request).history().events());
        if (request.path("reverseOrder").asBoolean(false)) {
            Collections.reverse(events);
        }
        boolean data = request.path("includeExecutionData").asBoolean(true);
        List<ObjectNode> all =
                events.stream().map(event -> WireShapes.event(event, data)).toList();
        return Page.of(all, request).into(response(), "events");
    }

    private JsonNode stopExecution(JsonNode request) {
        return WireShapes.date(
                response(),
                "stopDate",
                execution(request).stop(optional(request, "error"), optional(request, "cause")));
    }

    private JsonNode redriveExecution(JsonNode request) {
        return WireShapes.date(response(), "redriveDate", execution(request).redrive());
    }

    private JsonNode sendTaskSuccess(JsonNode request) {
        JsonNode output = json("output", required(request, "output"), StatesServiceException.Code.INVALID_OUTPUT);
        if (PayloadLimit.size(output) > PayloadLimit.BYTES) {
            throw new StatesServiceException(
                    StatesServiceException.Code.INVALID_OUTPUT,
                    "output: must be at most " + PayloadLimit.BYTES + " bytes of UTF-8, was "
                            + PayloadLimit.size(output));
        }
        tokens.succeed(token(request), output);
        return response();
    }

    private JsonNode sendTaskFailure(JsonNode request) {
        String error = request.path("error").asText(StateFailure.TASK_FAILED);
        tokens.fail(
                token(request), new StateFailure(error, request.path("cause").asText("")));
        return response();
    }

    private JsonNode sendTaskHeartbeat(JsonNode request) {
        tokens.beat(token(request));
        return response();
    }

    private static TaskToken token(JsonNode request) {
        return new TaskToken(required(request, "taskToken"));
    }

    private static StateMachineArn machine(JsonNode request) {
        return StateMachineArn.parse(required(request, "stateMachineArn"));
    }

    private Execution execution(JsonNode request) {
        return executions.find(ExecutionArn.parse(required(request, "executionArn")));
    }

    private static JsonNode json(String field, String text, StatesServiceException.Code refusal) {
        try {
            JsonNode value = WireServer.STRICT.readTree(text);
            if (!value.isMissingNode()) {
                return value;
            }
        } catch (JsonProcessingException e) {
            throw new StatesServiceException(refusal, field + ": is not JSON: " + e.getOriginalMessage());
        }
        throw new StatesServiceException(refusal, field + ": is not JSON: it is empty");
    }

    private static String required(JsonNode request, String field) {
        String value = optional(request, field);
        if (value == null) {
            throw new StatesServiceException(
                    StatesServiceException.Code.VALIDATION, field + ": must be given, as a string");
        }
        return value;
    }

    private static @Nullable String optional(JsonNode request, String field) {
        return request.path(field).textValue();
    }

    private static ObjectNode response() {
        return JsonNodeFactory.instance.objectNode();
    }
}
