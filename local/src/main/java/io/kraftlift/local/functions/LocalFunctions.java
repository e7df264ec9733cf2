package io.kraftlift.local.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.lambdas.claimrun.Handler;
import io.kraftlift.lambdas.claimrun.OwnerStatus;
import io.kraftlift.lambdas.runtime.ConfigurationSource;
import io.kraftlift.local.states.TaskCall;
import io.kraftlift.local.states.TaskFailedException;
import io.kraftlift.local.states.TaskIntegration;
import io.kraftlift.statemachine.FunctionName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code arn:aws:states:::lambda:invoke}: calls the function's real handler with the payload as JSON bytes and answers
 * as Lambda does, its errors included: the error's name is the exception's class.
 */
public final class LocalFunctions implements TaskIntegration {
    private static final String ARN = "arn:aws:lambda:local:000000000000:function:";

    private final Map<String, RequestStreamHandler> handlers;

    private LocalFunctions(Map<String, RequestStreamHandler> handlers) {
        this.handlers = Map.copyOf(handlers);
    }

    /**
     * Every function of the state machine, by the class that its name says, each as the decorator has it.
     *
     * @param owners how the local machine says how an execution is doing
     */
    public static LocalFunctions all(
            Surroundings surroundings,
            ConfigurationSource configurations,
            OwnerStatus owners,
            HandlerDecorator decorator) {
        Map<String, RequestStreamHandler> handlers = new HashMap<>();
        for (FunctionName function : FunctionName.values()) {
            RequestStreamHandler handler = function == FunctionName.CLAIM_RUN
                    ? new Handler(surroundings, configurations, owners)
                    : handlerOf(function, surroundings, configurations);
            handlers.put(arnOf(function), decorator.decorate(function, handler));
        }
        return new LocalFunctions(handlers);
    }

    /** What stands for {@code ${…Function}} in the definition. */
    public static String arnOf(FunctionName function) {
        return ARN + function.camelCase();
    }

    private static RequestStreamHandler handlerOf(
            FunctionName function, Surroundings surroundings, ConfigurationSource configurations) {
        String name = "io.kraftlift.lambdas." + function.packageName() + ".Handler";
        try {
            return Class.forName(name)
                    .asSubclass(RequestStreamHandler.class)
                    .getConstructor(Surroundings.class, ConfigurationSource.class)
                    .newInstance(surroundings, configurations);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    name + " must have a public constructor (Surroundings, ConfigurationSource)", e);
        }
    }

    @Override
    public JsonNode run(TaskCall call) throws TaskFailedException, InterruptedException {
        String function = call.arguments().path("FunctionName").asText();
        RequestStreamHandler handler = handlers.get(function);
        if (handler == null) {
            throw new TaskFailedException("Lambda.ResourceNotFoundException", "Function not found: " + function);
        }
        return invoke(handler, call.arguments().path("Payload"));
    }

    /** Calls a function outside of any execution, as a rule or a schedule would. */
    public JsonNode invoke(FunctionName function, Object payload) throws TaskFailedException, InterruptedException {
        RequestStreamHandler handler = handlers.get(arnOf(function));
        if (handler == null) {
            throw new TaskFailedException("Lambda.ResourceNotFoundException", "Function not found: " + function);
        }
        return invoke(handler, Documents.tree(payload)).path("Payload");
    }

    private static JsonNode invoke(RequestStreamHandler handler, JsonNode payload)
            throws TaskFailedException, InterruptedException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(Documents.write(payload)), answer, null);
            ObjectNode result = Documents.mapper().createObjectNode();
            result.put("StatusCode", 200);
            result.put("ExecutedVersion", "$LATEST");
            result.set("Payload", Documents.mapper().readTree(answer.toByteArray()));
            return result;
        } catch (IOException | RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the function was cancelled");
            }
            throw failureOf(e);
        }
    }

    /** As the Lambda runtime for Java reports an exception, without the stack trace. */
    private static TaskFailedException failureOf(Exception e) {
        String type = e.getClass().getName();
        ObjectNode cause = Documents.mapper().createObjectNode();
        cause.put("errorMessage", String.valueOf(e.getMessage()));
        cause.put("errorType", type);
        TaskFailedException failure = new TaskFailedException(type, cause.toString());
        failure.initCause(e);
        return failure;
    }
}
