package io.kraftlift.local.states;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a definition and refuses what cannot run: other query languages than JSONata, fields that the state's type does
 * not have, transitions to nowhere, resources without a plug-in, expressions that do not parse.
 */
final class DefinitionParser {
    private static final Set<String> TRANSITION = Set.of("Next", "End");
    private static final Set<String> RESULT = Set.of("Output", "Assign");
    private static final Set<String> RECOVERY = Set.of("Retry", "Catch");
    /** The fields that a type has besides Type, Comment and QueryLanguage. */
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "Task",
                    union(
                            TRANSITION,
                            RESULT,
                            RECOVERY,
                            Set.of("Resource", "Arguments", "TimeoutSeconds", "HeartbeatSeconds")),
            "Choice", union(RESULT, Set.of("Choices", "Default")),
            "Pass", union(TRANSITION, RESULT),
            "Wait", union(TRANSITION, RESULT, Set.of("Seconds", "Timestamp")),
            "Parallel", union(TRANSITION, RESULT, RECOVERY, Set.of("Branches", "Arguments")),
            "Map",
                    union(
                            TRANSITION,
                            RESULT,
                            RECOVERY,
                            Set.of(
                                    "ItemProcessor",
                                    "Items",
                                    "ItemSelector",
                                    "MaxConcurrency",
                                    "ToleratedFailureCount",
                                    "ToleratedFailurePercentage")),
            "Succeed", Set.of("Output"),
            "Fail", Set.of("Error", "Cause"));

    private static final Set<String> MACHINE = Set.of("TimeoutSeconds", "Version", "QueryLanguage");
    private static final Set<String> BRANCH = Set.of("ProcessorConfig", "QueryLanguage");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,79}");

    private final Set<String> resources;
    private final Problems problems = new Problems();
    private final RecoveryParser recoveries = new RecoveryParser(problems);

    private DefinitionParser(Set<String> resources) {
        this.resources = resources;
    }

    /**
     * Reads a definition whose tasks may use these resources.
     *
     * @throws StatesServiceException {@code InvalidDefinition} with everything that is wrong
     */
    static Definition parse(JsonNode source, Set<String> resources) {
        DefinitionParser parser = new DefinitionParser(resources);
        String language = source.path("QueryLanguage").asText("JSONPath");
        if (!language.equals("JSONata")) {
            parser.problems.add("QueryLanguage", "must be JSONata, was " + language);
            parser.problems.refuse();
        }
        ScopeDefinition scope = parser.scope("", source, MACHINE);
        JsonNode timeout = source.get("TimeoutSeconds");
        if (timeout != null && !Seconds.within(timeout, 1)) {
            parser.problems.add("TimeoutSeconds", "must be a whole number of at least 1, was " + timeout);
        }
        parser.problems.refuse();
        return new Definition(
                scope, timeout == null ? null : Duration.ofSeconds(timeout.longValue()), source.deepCopy());
    }

    private ScopeDefinition scope(String place, JsonNode source, Set<String> more) {
        refuseOthers(
                place.isEmpty() ? "definition" : place, source, union(more, Set.of("Comment", "StartAt", "States")));
        Map<String, State> states = new HashMap<>();
        for (Map.Entry<String, JsonNode> member : source.path("States").properties()) {
            String at = place.isEmpty() ? member.getKey() : place + "/" + member.getKey();
            State state = state(at, member.getKey(), member.getValue());
            if (state != null) {
                states.put(member.getKey(), state);
            }
        }
        String startAt = source.path("StartAt").asText();
        reach(place, startAt, source.path("States"));
        return new ScopeDefinition(startAt, states);
    }

    private @Nullable State state(String at, String name, JsonNode source) {
        String type = source.path("Type").asText();
        Set<String> fields = FIELDS.get(type);
        if (fields == null) {
            problems.add(
                    at + ".Type",
                    "must be one of " + FIELDS.keySet().stream().sorted().toList() + ", was '" + type + "'");
            return null;
        }
        refuseOthers(at, source, union(fields, Set.of("Type", "Comment", "QueryLanguage")));
        if (!source.path("QueryLanguage").asText("JSONata").equals("JSONata")) {
            problems.add(at + ".QueryLanguage", "must be JSONata, was " + source.get("QueryLanguage"));
        }
        if (fields.contains("Next") && source.has("Next") == source.path("End").asBoolean()) {
            problems.add(at, "must have either Next or \"End\": true");
        }
        checkAssign(at, source.get("Assign"));
        checkExpressions(at, source);
        return switch (type) {
            case "Task" -> task(at, name, source);
            case "Choice" -> choice(at, name, source);
            case "Pass" -> new PassState(name, Exit.of(source));
            case "Wait" -> waiting(at, name, source);
            case "Parallel" -> parallel(at, name, source);
            case "Map" -> map(at, name, source);
            case "Succeed" -> new SucceedState(name, Exit.of(source));
            default -> new FailState(name, textField(source, "Error"), textField(source, "Cause"));
        };
    }

    private State task(String at, String name, JsonNode source) {
        TaskResource resource = TaskResource.parse(source.path("Resource").asText());
        if (!resources.contains(resource.integration())) {
            problems.add(
                    at + ".Resource",
                    "has no plug-in here, was '" + source.path("Resource").asText() + "'; registered are "
                            + resources.stream().sorted().toList());
        }
        TaskState.Fields fields = TaskState.Fields.of(source);
        JsonNode timeout = checkSeconds(at + ".TimeoutSeconds", fields.timeoutSeconds(), 1);
        JsonNode heartbeat = checkSeconds(at + ".HeartbeatSeconds", fields.heartbeatSeconds(), 1);
        if (timeout != null
                && heartbeat != null
                && timeout.isNumber()
                && heartbeat.isNumber()
                && heartbeat.longValue() >= timeout.longValue()) {
            problems.add(at + ".HeartbeatSeconds", "must be smaller than TimeoutSeconds, was " + heartbeat);
        }
        return new TaskState(name, resource, fields, recoveries.parse(at, source), Exit.of(source));
    }

    private State choice(String at, String name, JsonNode source) {
        List<ChoiceState.Rule> rules = new ArrayList<>();
        for (JsonNode rule : source.path("Choices")) {
            String place = at + ".Choices[" + rules.size() + "]";
            refuseOthers(place, rule, Set.of("Comment", "Condition", "Next", "Output", "Assign"));
            checkAssign(place, rule.get("Assign"));
            if (!rule.path("Next").isTextual()) {
                problems.add(place + ".Next", "must name a state");
            }
            rules.add(new ChoiceState.Rule(rule.path("Condition"), Exit.of(rule)));
        }
        if (rules.isEmpty()) {
            problems.add(at + ".Choices", "must be an array with at least one rule");
        }
        String otherwise = source.path("Default").textValue();
        return new ChoiceState(
                name,
                rules,
                otherwise == null ? null : new Exit(source.get("Output"), source.get("Assign"), otherwise));
    }

    private State waiting(String at, String name, JsonNode source) {
        if (source.has("Seconds") == source.has("Timestamp")) {
            problems.add(at, "must have either Seconds or Timestamp");
        }
        checkSeconds(at + ".Seconds", source.get("Seconds"), 0);
        return new WaitState(name, source.get("Seconds"), source.get("Timestamp"), Exit.of(source));
    }

    private State parallel(String at, String name, JsonNode source) {
        List<ScopeDefinition> branches = new ArrayList<>();
        for (JsonNode branch : source.path("Branches")) {
            branches.add(scope(at + ".Branches[" + branches.size() + "]", branch, Set.of()));
        }
        if (branches.isEmpty()) {
            problems.add(at + ".Branches", "must be an array with at least one branch");
        }
        return new ParallelState(
                name, source.get("Arguments"), branches, recoveries.parse(at, source), Exit.of(source));
    }

    private State map(String at, String name, JsonNode source) {
        JsonNode processor = source.path("ItemProcessor");
        if (!processor.path("ProcessorConfig").path("Mode").asText("INLINE").equals("INLINE")) {
            problems.add(at + ".ItemProcessor.ProcessorConfig.Mode", "must be INLINE");
        }
        ScopeDefinition scope = scope(at + ".ItemProcessor", processor, BRANCH);
        return new MapState(name, MapState.Source.of(source), scope, recoveries.parse(at, source), Exit.of(source));
    }

    private @Nullable JsonNode checkSeconds(String place, @Nullable JsonNode value, int least) {
        if (value != null && !Query.isExpression(value) && !Seconds.within(value, least)) {
            problems.add(place, "must be a whole number of at least " + least + " or an expression, was " + value);
        }
        return value;
    }

    private static JsonNode textField(JsonNode source, String field) {
        JsonNode value = source.get(field);
        return value == null ? JsonNodeFactory.instance.textNode("") : value;
    }

    private void checkAssign(String at, @Nullable JsonNode assign) {
        if (assign == null) {
            return;
        }
        if (!assign.isObject()) {
            problems.add(at + ".Assign", "must be an object");
        }
        assign.fieldNames().forEachRemaining(variable -> {
            if (!VARIABLE.matcher(variable).matches() || variable.equals("states")) {
                problems.add(at + ".Assign", "'" + variable + "' cannot be the name of a variable");
            }
        });
    }

    /** Every expression of the state itself; the states of its branches are checked at their own places. */
    private void checkExpressions(String at, JsonNode node) {
        if (Query.isExpression(node)) {
            try {
                Jsonata.jsonata(Query.expression(node));
            } catch (JException e) {
                problems.add(at, node.textValue() + " does not parse: " + e.getMessage());
            }
        }
        if (node.isObject()) {
            node.properties().stream()
                    .filter(member -> !member.getKey().equals("States"))
                    .forEach(member -> checkExpressions(at + "." + member.getKey(), member.getValue()));
        }
        if (node.isArray()) {
            node.forEach(element -> checkExpressions(at, element));
        }
    }

    private void reach(String place, String startAt, JsonNode states) {
        Set<String> reached = new HashSet<>();
        List<String> toDo = new ArrayList<>(List.of(startAt));
        while (!toDo.isEmpty()) {
            String name = toDo.remove(toDo.size() - 1);
            if (!states.has(name)) {
                problems.add(place.isEmpty() ? "definition" : place, "no state is called '" + name + "'");
            } else if (reached.add(name)) {
                toDo.addAll(targets(states.get(name)));
            }
        }
        states.fieldNames().forEachRemaining(name -> {
            if (!reached.contains(name)) {
                problems.add(place.isEmpty() ? name : place + "/" + name, "cannot be reached from StartAt");
            }
        });
    }

    private static List<String> targets(JsonNode state) {
        List<JsonNode> named = new ArrayList<>(List.of(state.path("Next"), state.path("Default")));
        state.path("Choices").forEach(rule -> named.add(rule.path("Next")));
        state.path("Catch").forEach(catcher -> named.add(catcher.path("Next")));
        return named.stream()
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .toList();
    }

    private void refuseOthers(String at, JsonNode source, Set<String> allowed) {
        source.fieldNames().forEachRemaining(field -> {
            if (!allowed.contains(field)) {
                problems.add(
                        at + "." + field,
                        "is not a field here; allowed are "
                                + allowed.stream().sorted().toList());
            }
        });
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        Set<String> all = new HashSet<>();
        for (Set<String> set : sets) {
            all.addAll(set);
        }
        return Set.copyOf(all);
    }
}
