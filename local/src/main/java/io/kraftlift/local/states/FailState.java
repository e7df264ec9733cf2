package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;

record FailState(String name, JsonNode error, JsonNode cause) implements State {
    @Override
    public String type() {
        return "Fail";
    }

    @Override
    public Recovery recovery() {
        return Recovery.NONE;
    }

    @Override
    public Exit.Taken run(Visit visit) throws StateFailure {
        throw new StateFailure(text(visit.query(), "Error", error), text(visit.query(), "Cause", cause));
    }

    private String text(Query query, String field, JsonNode template) throws StateFailure {
        JsonNode value = query.evaluate(template);
        if (!value.isTextual()) {
            throw new StateFailure(
                    StateFailure.QUERY_EVALUATION_ERROR, name + "." + field + ": must be a string, was " + value);
        }
        return value.textValue();
    }
}
