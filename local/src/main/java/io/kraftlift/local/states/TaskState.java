package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Work done by a {@link TaskIntegration}, and answered by it or by a token. */
record TaskState(String name, TaskResource resource, TaskState.Fields fields, Recovery recovery, Exit exit)
        implements State {
    /** The templates of a Task's own fields; null where the definition does not have the field. */
    record Fields(
            @Nullable JsonNode arguments,
            @Nullable JsonNode timeoutSeconds,
            @Nullable JsonNode heartbeatSeconds) {
        static Fields of(JsonNode state) {
            return new Fields(state.get("Arguments"), state.get("TimeoutSeconds"), state.get("HeartbeatSeconds"));
        }
    }

    @Override
    public String type() {
        return "Task";
    }

    @Override
    public Exit.Taken run(Visit visit) throws StateFailure, InterruptedException {
        Tokens tokens = visit.run().surroundings().tokens();
        if (!resource.waitsForToken()) {
            return attempt(visit, visit.query(), null);
        }
        Tokens.Pending pending = tokens.issue();
        try {
            ObjectNode context = Visit.details();
            visit.query().context().properties().forEach(member -> context.set(member.getKey(), member.getValue()));
            context.putObject("Task").put("Token", pending.token().value());
            return attempt(visit, visit.query().with("context", context), pending);
        } finally {
            tokens.close(pending.token());
        }
    }

    private Exit.Taken attempt(Visit visit, Query query, Tokens.@Nullable Pending pending)
            throws StateFailure, InterruptedException {
        JsonNode arguments = PayloadLimit.require("Arguments", query.evaluate(fields.arguments(), query.input()));
        Duration timeout = seconds("TimeoutSeconds", fields.timeoutSeconds(), query);
        Duration heartbeat = seconds("HeartbeatSeconds", fields.heartbeatSeconds(), query);
        recordScheduled(visit, arguments, timeout, heartbeat);
        TaskCall call = new TaskCall(
                arguments, pending == null ? null : pending.token(), visit.run().arn(), name);
        JsonNode result;
        try {
            TaskAttempt attempt = new TaskAttempt(visit.run().surroundings(), resource, call, pending);
            result = PayloadLimit.require("Result", attempt.run(timeout, heartbeat));
        } catch (StateFailure failure) {
            recordFailed(visit, failure);
            throw failure;
        }
        ObjectNode details = resourceDetails().put("output", result.toString());
        details.putObject("outputDetails").put("truncated", false);
        visit.record("TaskSucceeded", "taskSucceededEventDetails", details);
        return exit.take(query.with("result", result), result);
    }

    private @Nullable Duration seconds(String field, @Nullable JsonNode template, Query query) throws StateFailure {
        return template == null ? null : Seconds.evaluate(name + "." + field, template, 1, query);
    }

    private void recordScheduled(
            Visit visit, JsonNode arguments, @Nullable Duration timeout, @Nullable Duration heartbeat) {
        ObjectNode details = resourceDetails().put("region", "local").put("parameters", arguments.toString());
        if (timeout != null) {
            details.put("timeoutInSeconds", timeout.toSeconds());
        }
        if (heartbeat != null) {
            details.put("heartbeatInSeconds", heartbeat.toSeconds());
        }
        visit.record("TaskScheduled", "taskScheduledEventDetails", details);
        visit.record("TaskStarted", "taskStartedEventDetails", resourceDetails());
    }

    private void recordFailed(Visit visit, StateFailure failure) {
        ObjectNode details = resourceDetails().put("error", failure.error()).put("cause", failure.cause());
        if (failure.error().equals(StateFailure.TIMEOUT) || failure.error().equals(StateFailure.HEARTBEAT_TIMEOUT)) {
            visit.record("TaskTimedOut", "taskTimedOutEventDetails", details);
        } else {
            visit.record("TaskFailed", "taskFailedEventDetails", details);
        }
    }

    private ObjectNode resourceDetails() {
        return Visit.details().put("resourceType", resource.service()).put("resource", resource.action());
    }
}
