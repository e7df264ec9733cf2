package io.kraftlift.local.states;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Translates between JSON trees and the values of the JSONata engine. The engine reads a Java null as "undefined", so
 * JSON's null travels as {@link Jsonata#NULL_VALUE}.
 */
final class QueryValues {
    /** Whole numbers up to here are exact in the engine's doubles. */
    private static final double EXACT = 9_007_199_254_740_992.0;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private QueryValues() {}

    static Object toEngine(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                node.properties().forEach(member -> map.put(member.getKey(), toEngine(member.getValue())));
                yield map;
            }
            case ARRAY -> {
                List<Object> list = new ArrayList<>(node.size());
                node.forEach(element -> list.add(toEngine(element)));
                yield list;
            }
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            case NULL, MISSING, BINARY, POJO -> Jsonata.NULL_VALUE;
        };
    }

    private static Number number(JsonNode node) {
        if (node.canConvertToInt() && node.isIntegralNumber()) {
            return node.intValue();
        }
        return node.canConvertToLong() && node.isIntegralNumber() ? (Number) node.longValue() : node.doubleValue();
    }

    /** Throws IllegalArgumentException when the value has no JSON form, such as a function. */
    static JsonNode fromEngine(@Nullable Object value) {
        if (value == null || value == Jsonata.NULL_VALUE) {
            return NODES.nullNode();
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((key, member) -> object.set(String.valueOf(key), fromEngine(member)));
            return object;
        }
        if (value instanceof Collection<?> list) {
            ArrayNode array = NODES.arrayNode(list.size());
            list.forEach(element -> array.add(fromEngine(element)));
            return array;
        }
        if (value instanceof String text) {
            return NODES.textNode(text);
        }
        if (value instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        }
        if (value instanceof Number number) {
            return fromNumber(number);
        }
        throw new IllegalArgumentException("the result is a " + value.getClass().getSimpleName() + ", not JSON");
    }

    private static JsonNode fromNumber(Number number) {
        double floating = number.doubleValue();
        if (!Double.isFinite(floating)) {
            throw new IllegalArgumentException("the result " + number + " is not a JSON number");
        }
        boolean whole = number instanceof Integer || number instanceof Long;
        if (!whole && (floating != Math.rint(floating) || Math.abs(floating) > EXACT)) {
            return NODES.numberNode(floating);
        }
        long exact = number.longValue();
        return exact == (int) exact ? NODES.numberNode((int) exact) : NODES.numberNode(exact);
    }
}
