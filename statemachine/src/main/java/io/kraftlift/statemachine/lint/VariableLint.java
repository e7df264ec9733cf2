package io.kraftlift.statemachine.lint;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the expressions: that they parse, that their variables have a value on every way that leads to the state, and
 * that task tokens stay where they belong. Expressions of states that cannot be reached are only parsed.
 */
final class VariableLint {
    /** What Step Functions adds to JSONata, and the reserved variable. */
    private static final Set<String> ADDED = Set.of("states", "partition", "range", "hash", "random", "uuid", "parse");
    /** What Step Functions takes away. */
    private static final Set<String> TAKEN = Set.of("eval");
    /** Members of a state that are scopes of their own. */
    private static final Set<String> SCOPES = Set.of("Branches", "ItemProcessor");

    private final Findings findings;

    VariableLint(Findings findings) {
        this.findings = findings;
    }

    /** Checks a scope in which the outer variables can be read. */
    void check(Scope scope, Set<String> outer) {
        Map<String, Set<String>> known = known(scope);
        scope.states().forEach((name, state) -> {
            Set<String> visible = new HashSet<>(outer);
            visible.addAll(known.getOrDefault(name, Set.of()));
            String place = scope.placeOf(name);
            JsonNodes.texts(
                    place,
                    state,
                    SCOPES,
                    (at, text) -> Expression.query(text).ifPresent(query -> {
                        boolean reached = known.containsKey(name);
                        expression(at, query, reached ? visible : null, mayUseToken(place, state, at));
                    }));
            for (Scope.Way way : Scope.ways(state)) {
                way.assigned().stream()
                        .filter(outer::contains)
                        .forEach(variable ->
                                findings.add(place + "." + way.field(), LintRule.SHADOWED_VARIABLE, "$" + variable));
            }
            scope.inside(name).forEach(inner -> check(inner, visible));
        });
    }

    private static boolean mayUseToken(String place, JsonNode state, String at) {
        return TaskLint.waitsForToken(state) && at.startsWith(place + ".Arguments");
    }

    private void expression(String place, String query, @Nullable Set<String> visible, boolean mayUseToken) {
        Expression expression;
        try {
            expression = Expression.parse(query);
        } catch (JException e) {
            findings.add(place, LintRule.UNPARSABLE_EXPRESSION, query.strip() + ": " + e.getMessage());
            return;
        }
        if (expression.usesToken() && !mayUseToken) {
            findings.add(place, LintRule.TOKEN_OUTSIDE_OF_WAITING_TASK, query.strip());
        }
        if (visible != null) {
            expression.free().stream()
                    .filter(name -> !visible.contains(name) && !isFunction(name))
                    .forEach(name -> findings.add(place, LintRule.UNDEFINED_VARIABLE, "$" + name));
        }
    }

    private static boolean isFunction(String name) {
        return ADDED.contains(name)
                || (!TAKEN.contains(name)
                        && "function"
                                .equals(Jsonata.jsonata("$type($" + name + ")").evaluate(null)));
    }

    /** For every state that can be reached the variables that have a value on every way to it. */
    private static Map<String, Set<String>> known(Scope scope) {
        Map<String, Set<String>> known = new HashMap<>();
        Deque<String> changed = new ArrayDeque<>();
        if (scope.states().containsKey(scope.startAt())) {
            known.put(scope.startAt(), Set.of());
            changed.add(scope.startAt());
        }
        while (!changed.isEmpty()) {
            String name = changed.remove();
            for (Scope.Way way : Scope.ways(scope.states().getOrDefault(name, JsonNodes.MISSING))) {
                Set<String> after = new HashSet<>(known.getOrDefault(name, Set.of()));
                after.addAll(way.assigned());
                Set<String> before = known.get(way.target());
                if (before != null) {
                    after.retainAll(before);
                }
                if (!after.equals(before) && scope.states().containsKey(way.target())) {
                    known.put(way.target(), after);
                    changed.add(way.target());
                }
            }
        }
        return known;
    }
}
