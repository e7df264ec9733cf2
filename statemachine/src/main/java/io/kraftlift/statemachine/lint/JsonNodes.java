package io.kraftlift.statemachine.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Set;
import java.util.function.BiConsumer;

/** Walks through JSON with the place of every text. */
final class JsonNodes {
    static final JsonNode MISSING = MissingNode.getInstance();

    private JsonNodes() {}

    /** Calls with the place and the value of every text below the node, without those in the left out members. */
    static void texts(String place, JsonNode node, Set<String> leftOut, BiConsumer<String, String> each) {
        if (node.isTextual()) {
            each.accept(place, node.textValue());
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            texts(place + "[" + i + "]", node.get(i), leftOut, each);
        }
        if (node.isObject()) {
            node.properties().stream()
                    .filter(member -> !leftOut.contains(member.getKey()))
                    .forEach(member -> texts(place + "." + member.getKey(), member.getValue(), leftOut, each));
        }
    }
}
