package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A choice.
 *
 * @param otherwise the way to {@code Default} with the state's own Output and Assign, null where there is no Default
 */
record ChoiceState(String name, List<Rule> rules, @Nullable Exit otherwise) implements State {
    /** One entry of {@code Choices}. */
    record Rule(JsonNode condition, Exit exit) {}

    ChoiceState {
        rules = List.copyOf(rules);
    }

    @Override
    public String type() {
        return "Choice";
    }

    @Override
    public Recovery recovery() {
        return Recovery.NONE;
    }

    @Override
    public Exit.Taken run(Visit visit) throws StateFailure {
        Query query = visit.query();
        for (Rule rule : rules) {
            JsonNode met = query.evaluate(rule.condition());
            if (!met.isBoolean()) {
                throw new StateFailure(
                        StateFailure.QUERY_EVALUATION_ERROR, name + ".Condition: must be true or false, was " + met);
            }
            if (met.booleanValue()) {
                return rule.exit().take(query, query.input());
            }
        }
        if (otherwise == null) {
            throw new StateFailure(
                    StateFailure.NO_CHOICE_MATCHED, name + ": no condition is true and there is no Default");
        }
        return otherwise.take(query, query.input());
    }
}
