package io.kraftlift.statemachine.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The states of the machine, of a branch or of an item processor, with the ways between them.
 *
 * @param place empty for the machine itself
 */
record Scope(String place, String startAt, Map<String, JsonNode> states) {
    /**
     * A way from one state to the next.
     *
     * @param field the field that names the target
     * @param assigned the variables that have a value after this way was taken
     */
    record Way(String field, String target, Set<String> assigned) {}

    static Scope of(String place, JsonNode source) {
        Map<String, JsonNode> states = new LinkedHashMap<>();
        source.path("States").properties().forEach(state -> states.put(state.getKey(), state.getValue()));
        return new Scope(place, source.path("StartAt").asText(), states);
    }

    String placeOf(String state) {
        return place.isEmpty() ? state : place + "/" + state;
    }

    /** The scopes inside a state, none for most. */
    List<Scope> inside(String name) {
        List<Scope> scopes = new ArrayList<>();
        JsonNode state = states.get(name);
        if (state == null) {
            return scopes;
        }
        JsonNode branches = state.path("Branches");
        for (int i = 0; i < branches.size(); i++) {
            scopes.add(of(placeOf(name) + ".Branches[" + i + "]", branches.get(i)));
        }
        if (state.has("ItemProcessor")) {
            scopes.add(of(placeOf(name) + ".ItemProcessor", state.get("ItemProcessor")));
        }
        return scopes;
    }

    static List<Way> ways(JsonNode state) {
        List<Way> ways = new ArrayList<>();
        addWay(ways, "Next", state.path("Next"), state);
        addWay(ways, "Default", state.path("Default"), state);
        JsonNode choices = state.path("Choices");
        for (int i = 0; i < choices.size(); i++) {
            addWay(ways, "Choices[" + i + "].Next", choices.get(i).path("Next"), choices.get(i));
        }
        JsonNode catches = state.path("Catch");
        for (int i = 0; i < catches.size(); i++) {
            addWay(ways, "Catch[" + i + "].Next", catches.get(i).path("Next"), catches.get(i));
        }
        return ways;
    }

    private static void addWay(List<Way> ways, String field, JsonNode target, JsonNode assigner) {
        if (target.isTextual()) {
            Set<String> assigned = new LinkedHashSet<>();
            assigner.path("Assign").fieldNames().forEachRemaining(assigned::add);
            ways.add(new Way(field, target.textValue(), assigned));
        }
    }

    static boolean isTerminal(JsonNode state) {
        String type = state.path("Type").asText();
        return state.path("End").asBoolean() || type.equals("Succeed") || type.equals("Fail");
    }
}
