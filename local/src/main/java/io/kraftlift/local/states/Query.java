package io.kraftlift.local.states;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the expressions of one field may refer to: {@code $states}, the variables in scope, and the functions. Immutable;
 * {@link #with} adds a member to {@code $states}.
 */
final class Query {
    /** An expression that runs longer than this, in milliseconds, or nests deeper, is broken off. */
    private static final long LONGEST = 5_000;

    private static final int DEEPEST = 500;

    private final ObjectNode states;
    private final Map<String, JsonNode> variables;
    private final QueryFunctions functions;

    private Query(ObjectNode states, Map<String, JsonNode> variables, QueryFunctions functions) {
        this.states = states;
        this.variables = variables;
        this.functions = functions;
    }

    static Query of(JsonNode input, JsonNode context, Map<String, JsonNode> variables, QueryFunctions functions) {
        ObjectNode states = JsonNodeFactory.instance.objectNode();
        states.set("input", input);
        states.set("context", context);
        return new Query(states, Map.copyOf(variables), functions);
    }

    /** The same, with {@code $states.result}, {@code $states.errorOutput} or another {@code $states.context}. */
    Query with(String member, JsonNode value) {
        ObjectNode more = JsonNodeFactory.instance.objectNode();
        more.setAll(states);
        more.set(member, value);
        return new Query(more, variables, functions);
    }

    JsonNode input() {
        return states.path("input");
    }

    JsonNode context() {
        return states.path("context");
    }

    static boolean isExpression(JsonNode template) {
        return template.isTextual()
                && template.textValue().startsWith("{%")
                && template.textValue().endsWith("%}")
                && template.textValue().length() >= 4;
    }

    /** The JSONata text between the delimiters. */
    static String expression(JsonNode template) {
        String text = template.textValue();
        return text.substring(2, text.length() - 2).strip();
    }

    /** The template with every expression in it replaced by its value. */
    JsonNode evaluate(JsonNode template) throws StateFailure {
        if (isExpression(template)) {
            return value(expression(template));
        }
        if (template instanceof ObjectNode object) {
            ObjectNode filled = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                filled.set(member.getKey(), evaluate(member.getValue()));
            }
            return filled;
        }
        if (template instanceof ArrayNode array) {
            ArrayNode filled = JsonNodeFactory.instance.arrayNode(array.size());
            for (JsonNode element : array) {
                filled.add(evaluate(element));
            }
            return filled;
        }
        return template;
    }

    /** The template's value, or the fallback where the state does not have the field. */
    JsonNode evaluate(@Nullable JsonNode template, JsonNode fallback) throws StateFailure {
        return template == null ? fallback : evaluate(template);
    }

    private JsonNode value(String expression) throws StateFailure {
        Object result;
        try {
            Jsonata query = Jsonata.jsonata(expression);
            query.setOutputConvertNulls(false);
            Jsonata.Frame frame = query.createFrame();
            functions.bindTo(frame);
            variables.forEach((name, value) -> frame.bind(name, QueryValues.toEngine(value)));
            frame.bind("states", QueryValues.toEngine(states));
            frame.setRuntimeBounds(LONGEST, DEEPEST);
            result = query.evaluate(null, frame);
            if (result != null) {
                return QueryValues.fromEngine(result);
            }
        } catch (JException e) {
            throw failure(expression, e.getDetailedErrorMessage());
        } catch (RuntimeException | StackOverflowError e) {
            throw failure(expression, String.valueOf(e.getMessage()));
        }
        throw failure(expression, "the result is undefined");
    }

    private static StateFailure failure(String expression, String why) {
        return new StateFailure(StateFailure.QUERY_EVALUATION_ERROR, "{% " + expression + " %}: " + why);
    }
}
