package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A way out of a state: its own, that of a choice rule, or that of a catcher.
 *
 * @param output the {@code Output} template, null where the default applies
 * @param assign the {@code Assign} template, null for none
 * @param next the state that follows, null at the end of the scope
 */
record Exit(
        @Nullable JsonNode output,
        @Nullable JsonNode assign,
        @Nullable String next) {
    /**
     * What leaving this way gives.
     *
     * @param output the state's output, the next one's input
     * @param assigned the variables' new values
     * @param next the state that follows, null at the end of the scope
     */
    record Taken(
            JsonNode output,
            Map<String, JsonNode> assigned,
            @Nullable String next) {
        /** The assigned values as JSON text, in the shape of the history. */
        ObjectNode assignedTexts() {
            ObjectNode texts = JsonNodeFactory.instance.objectNode();
            assigned.forEach((name, value) -> texts.put(name, value.toString()));
            return texts;
        }
    }

    static Exit of(JsonNode source) {
        return new Exit(
                source.get("Output"), source.get("Assign"), source.path("Next").textValue());
    }

    Taken take(Query query, JsonNode fallback) throws StateFailure {
        Map<String, JsonNode> assigned = new LinkedHashMap<>();
        if (assign != null) {
            for (Map.Entry<String, JsonNode> variable : assign.properties()) {
                JsonNode value = query.evaluate(variable.getValue());
                assigned.put(variable.getKey(), PayloadLimit.require("$" + variable.getKey(), value));
            }
        }
        return new Taken(PayloadLimit.require("Output", query.evaluate(output, fallback)), assigned, next);
    }
}
