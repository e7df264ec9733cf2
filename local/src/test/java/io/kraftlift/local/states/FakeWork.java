package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Work whose behaviour is set by state name: to answer with its arguments (the default), to fail, or to block until it
 * is cancelled. It counts what happened.
 */
final class FakeWork implements TaskIntegration {
    static final String RESOURCE = "arn:aws:states:::lambda:invoke";

    private final Map<String, List<TaskIntegration>> scripts = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final List<String> cancelled = new ArrayList<>();
    private final Map<String, TaskToken> tokens = new HashMap<>();

    /** The next calls of that state behave so, one after the other; further ones answer with their arguments. */
    synchronized void script(String state, TaskIntegration... behaviours) {
        scripts.put(state, new ArrayList<>(List.of(behaviours)));
    }

    static TaskIntegration failing(String error, String cause) {
        return call -> {
            throw new TaskFailedException(error, cause);
        };
    }

    /** Blocks until it is cancelled. */
    static TaskIntegration hanging() {
        return call -> {
            new CountDownLatch(1).await();
            return JsonNodeFactory.instance.nullNode();
        };
    }

    static TaskIntegration answering(JsonNode result) {
        return call -> result;
    }

    @Override
    public JsonNode run(TaskCall call) throws TaskFailedException, InterruptedException {
        try {
            return behaviour(call).run(call);
        } catch (InterruptedException e) {
            synchronized (this) {
                cancelled.add(call.stateName());
            }
            throw e;
        }
    }

    private synchronized TaskIntegration behaviour(TaskCall call) {
        calls.add(call.stateName());
        if (call.token() != null) {
            tokens.put(call.stateName(), call.token());
        }
        List<TaskIntegration> script = scripts.getOrDefault(call.stateName(), List.of());
        return script.isEmpty() ? TaskCall::arguments : script.remove(0);
    }

    /** The names of the states whose work was begun, in order. */
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** The names of the states whose work was cancelled. */
    synchronized List<String> cancelled() {
        return List.copyOf(cancelled);
    }

    synchronized boolean hasToken(String state) {
        return tokens.containsKey(state);
    }

    synchronized TaskToken token(String state) {
        TaskToken token = tokens.get(state);
        if (token == null) {
            throw new AssertionError("the state " + state + " has no token");
        }
        return token;
    }
}
