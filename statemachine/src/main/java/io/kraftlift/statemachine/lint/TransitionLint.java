package io.kraftlift.statemachine.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks where states lead, and that their names are unique in the whole definition. */
final class TransitionLint {
    private final Findings findings;
    private final Map<String, String> firstPlaces = new HashMap<>();

    TransitionLint(Findings findings) {
        this.findings = findings;
    }

    void check(Scope scope) {
        Set<String> reached = reach(scope);
        boolean ends = false;
        for (Map.Entry<String, JsonNode> state : scope.states().entrySet()) {
            String name = state.getKey();
            String place = scope.placeOf(name);
            String first = firstPlaces.putIfAbsent(name, place);
            if (first != null) {
                findings.add(place, LintRule.DUPLICATE_STATE_NAME, "'" + name + "' is also at " + first);
            }
            if (!reached.contains(name)) {
                findings.add(place, LintRule.UNREACHABLE_STATE, "no way leads from '" + scope.startAt() + "' to here");
            } else {
                ends |= Scope.isTerminal(state.getValue());
            }
            scope.inside(name).forEach(this::check);
        }
        if (!ends) {
            findings.add(
                    scope.place().isEmpty() ? "StartAt" : scope.place(),
                    LintRule.NO_TERMINAL_STATE,
                    "no way from '" + scope.startAt() + "' ends");
        }
    }

    private Set<String> reach(Scope scope) {
        Set<String> reached = new HashSet<>();
        List<String> toDo = new ArrayList<>();
        follow(scope, scope.place().isEmpty() ? "StartAt" : scope.place() + ".StartAt", scope.startAt(), toDo);
        while (!toDo.isEmpty()) {
            String name = toDo.remove(toDo.size() - 1);
            if (reached.add(name)) {
                for (Scope.Way way : Scope.ways(scope.states().getOrDefault(name, JsonNodes.MISSING))) {
                    follow(scope, scope.placeOf(name) + "." + way.field(), way.target(), toDo);
                }
            }
        }
        return reached;
    }

    private void follow(Scope scope, String place, String target, List<String> toDo) {
        if (scope.states().containsKey(target)) {
            toDo.add(target);
        } else {
            findings.add(place, LintRule.MISSING_STATE, "'" + target + "'");
        }
    }
}
