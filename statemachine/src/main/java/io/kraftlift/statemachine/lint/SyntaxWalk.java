package io.kraftlift.statemachine.lint;

import com.dashjoin.jsonata.Parser;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Walks a JSONata syntax tree and collects the names that it uses but does not define. The library keeps the tree's
 * fields to its own package, hence the reflection; a change of the library's names breaks the tests of this class.
 */
final class SyntaxWalk {
    /** Links back up or sideways, and what the evaluator writes. */
    private static final Set<String> NOT_CHILDREN =
            Set.of("seekingParent", "ancestor", "slot", "environment", "errors", "error", "token", "input", "this$0");

    private static final Map<String, Field> FIELDS = Arrays.stream(Parser.Symbol.class.getDeclaredFields())
            .filter(field -> !Modifier.isStatic(field.getModifiers()) && field.trySetAccessible())
            .collect(Collectors.toUnmodifiableMap(Field::getName, Function.identity()));
    private static final List<Field> CHILDREN = FIELDS.values().stream()
            .filter(field -> !NOT_CHILDREN.contains(field.getName()))
            .toList();
    private static final List<String> TOKEN = List.of("states", "context", "Task");

    private final Deque<Set<String>> scopes = new ArrayDeque<>(List.of(new HashSet<>()));
    private final Set<String> free = new LinkedHashSet<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean usesToken;

    Set<String> free() {
        return Collections.unmodifiableSet(free);
    }

    boolean usesToken() {
        return usesToken;
    }

    void visit(Parser.@Nullable Symbol node) {
        if (node == null || !seen.add(node)) {
            return;
        }
        String type = String.valueOf(value(node, "type"));
        switch (type) {
            case "variable" -> {
                use(String.valueOf(value(node, "value")));
                children(node);
            }
            case "bind" -> bind(node);
            case "lambda" ->
                inScope(() -> {
                    symbols(value(node, "arguments")).forEach(argument -> define(value(argument, "value")));
                    visit((Parser.Symbol) value(node, "body"));
                });
            case "block" -> inScope(() -> children(node));
            case "path" -> inScope(() -> path(node));
            default -> children(node);
        }
    }

    /** A function may call itself, so its name is known inside it. */
    private void bind(Parser.Symbol node) {
        Object name = value((Parser.Symbol) Objects.requireNonNull(value(node, "lhs")), "value");
        Parser.Symbol bound = (Parser.Symbol) value(node, "rhs");
        boolean function = bound != null && "lambda".equals(value(bound, "type"));
        if (function) {
            define(name);
        }
        visit(bound);
        define(name);
    }

    /** A step may name its context and its position; both hold for the rest of the path. */
    private void path(Parser.Symbol node) {
        List<Parser.Symbol> steps = symbols(value(node, "steps")).toList();
        List<String> names =
                steps.stream().map(step -> String.valueOf(value(step, "value"))).toList();
        usesToken |=
                names.size() >= TOKEN.size() && names.subList(0, TOKEN.size()).equals(TOKEN);
        for (Parser.Symbol step : steps) {
            define(value(step, "focus"));
            define(value(step, "index"));
            symbols(value(step, "stages"))
                    .filter(stage -> "index".equals(value(stage, "type")))
                    .forEach(stage -> define(value(stage, "value")));
            visit(step);
        }
        children(node);
    }

    private void inScope(Runnable body) {
        scopes.push(new HashSet<>());
        body.run();
        scopes.pop();
    }

    private void define(@Nullable Object name) {
        if (name instanceof String text) {
            Objects.requireNonNull(scopes.peek()).add(text);
        }
    }

    private void use(String name) {
        boolean context = name.isEmpty() || name.equals("$");
        if (!context && scopes.stream().noneMatch(scope -> scope.contains(name))) {
            free.add(name);
        }
    }

    private void children(Parser.Symbol node) {
        for (Field field : CHILDREN) {
            symbols(value(node, field)).forEach(this::visit);
        }
    }

    /** The symbols in a field's value: one, a list of them, or a list of pairs. */
    private static Stream<Parser.Symbol> symbols(@Nullable Object value) {
        if (value instanceof Parser.Symbol symbol) {
            return Stream.of(symbol);
        }
        if (value instanceof Collection<?> list) {
            return list.stream().flatMap(SyntaxWalk::symbols);
        }
        if (value != null && value.getClass().isArray()) {
            return Stream.iterate(0, i -> i < Array.getLength(value), i -> i + 1)
                    .flatMap(i -> symbols(Array.get(value, i)));
        }
        return Stream.empty();
    }

    private static @Nullable Object value(Parser.Symbol node, String name) {
        Field field = FIELDS.get(name);
        if (field == null) {
            throw new IllegalStateException("this version of JSONata's syntax tree has no field " + name);
        }
        return value(node, field);
    }

    private static @Nullable Object value(Parser.Symbol node, Field field) {
        try {
            return field.get(node);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("JSONata's syntax tree cannot be read", e);
        }
    }
}
