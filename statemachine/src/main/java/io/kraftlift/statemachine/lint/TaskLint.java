package io.kraftlift.statemachine.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/** Checks the fields of each state by itself: timeouts, Retry and Catch, and fields of the other query language. */
final class TaskLint {
    private static final String ALL = "States.ALL";
    private static final Set<String> JSONPATH = Set.of(
            "InputPath",
            "OutputPath",
            "ResultPath",
            "Parameters",
            "Result",
            "ResultSelector",
            "ItemsPath",
            "Variable",
            "SecondsPath",
            "TimestampPath",
            "TimeoutSecondsPath",
            "HeartbeatSecondsPath",
            "MaxConcurrencyPath",
            "ToleratedFailureCountPath",
            "ToleratedFailurePercentagePath",
            "ErrorPath",
            "CausePath");

    private final Findings findings;

    TaskLint(Findings findings) {
        this.findings = findings;
    }

    static boolean waitsForToken(JsonNode state) {
        return state.path("Resource").asText().endsWith(".waitForTaskToken");
    }

    void check(Scope scope) {
        scope.states().forEach((name, state) -> {
            String place = scope.placeOf(name);
            if (state.path("Type").asText().equals("Task")) {
                timeouts(place, state);
            }
            errors(place + ".Retry", state.path("Retry"));
            errors(place + ".Catch", state.path("Catch"));
            queryLanguage(place, state);
            scope.inside(name).forEach(this::check);
        });
    }

    private void timeouts(String place, JsonNode state) {
        String resource = state.path("Resource").asText();
        JsonNode timeout = state.path("TimeoutSeconds");
        if (timeout.isMissingNode()) {
            boolean waits = waitsForToken(state) || resource.endsWith(".sync") || resource.contains(".sync:");
            findings.add(
                    place, waits ? LintRule.WAITING_TASK_WITHOUT_TIMEOUT : LintRule.TASK_WITHOUT_TIMEOUT, resource);
        }
        JsonNode heartbeat = state.path("HeartbeatSeconds");
        if (timeout.isNumber() && heartbeat.isNumber() && heartbeat.longValue() >= timeout.longValue()) {
            findings.add(
                    place,
                    LintRule.HEARTBEAT_NOT_BELOW_TIMEOUT,
                    "HeartbeatSeconds " + heartbeat + ", TimeoutSeconds " + timeout);
        }
        for (JsonNode retrier : state.path("Retry")) {
            if (waitsForToken(state) && has(retrier.path("ErrorEquals"), ALL)) {
                findings.add(place + ".Retry", LintRule.CATCH_ALL_RETRY_OF_WAITING_TASK, resource);
            }
        }
    }

    private void errors(String place, JsonNode entries) {
        for (int i = 0; i < entries.size(); i++) {
            JsonNode names = entries.get(i).path("ErrorEquals");
            if (has(names, ALL) && names.size() > 1) {
                findings.add(place + "[" + i + "]", LintRule.STATES_ALL_NOT_ALONE, names.toString());
            }
            if (has(names, ALL) && i < entries.size() - 1) {
                findings.add(
                        place + "[" + i + "]", LintRule.STATES_ALL_NOT_LAST, (entries.size() - 1 - i) + " more follow");
            }
        }
    }

    private static boolean has(JsonNode names, String name) {
        for (JsonNode element : names) {
            if (element.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private void queryLanguage(String place, JsonNode state) {
        if (!state.path("QueryLanguage").asText("JSONata").equals("JSONata")) {
            findings.add(
                    place + ".QueryLanguage",
                    LintRule.NOT_JSONATA,
                    state.path("QueryLanguage").asText());
        }
        for (Map.Entry<String, JsonNode> field : state.properties()) {
            if (JSONPATH.contains(field.getKey())) {
                findings.add(
                        place + "." + field.getKey(),
                        LintRule.JSONPATH_FIELD,
                        field.getValue().toString());
            }
            if (field.getKey().equals("Choices") || field.getKey().equals("Catch")) {
                field.getValue().forEach(entry -> queryLanguage(place + "." + field.getKey(), entry));
            }
        }
    }
}
