package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one scope: the execution, a branch or an iteration. An inner scope reads the outer ones and writes
 * only its own.
 *
 * <p>Confined to the thread that runs the scope. Inner scopes run only while the outer one waits for them.
 */
final class Variables {
    private final @Nullable Variables outer;
    private final Map<String, JsonNode> own = new HashMap<>();

    Variables(@Nullable Variables outer) {
        this.outer = outer;
    }

    /** Everything that is visible here. */
    Map<String, JsonNode> visible() {
        Map<String, JsonNode> all = outer == null ? new HashMap<>() : outer.visible();
        all.putAll(own);
        return all;
    }

    void assign(Map<String, JsonNode> values) {
        own.putAll(values);
    }
}
