package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The same states for every item of an array; the result is the array of the iterations' outputs, at the places of their
 * items. An iteration whose failure is tolerated leaves its error output in its place.
 */
record MapState(String name, MapState.Source source, ScopeDefinition processor, Recovery recovery, Exit exit)
        implements State {
    /** The most iterations that run at a time when the definition does not say less (inline Map of Step Functions). */
    private static final int MOST_AT_A_TIME = 40;

    /** The templates of a Map's own fields; null where the definition does not have the field. */
    record Source(
            @Nullable JsonNode items,
            @Nullable JsonNode itemSelector,
            @Nullable JsonNode maxConcurrency,
            @Nullable JsonNode toleratedFailureCount,
            @Nullable JsonNode toleratedFailurePercentage) {
        static Source of(JsonNode state) {
            return new Source(
                    state.get("Items"),
                    state.get("ItemSelector"),
                    state.get("MaxConcurrency"),
                    state.get("ToleratedFailureCount"),
                    state.get("ToleratedFailurePercentage"));
        }
    }

    @Override
    public String type() {
        return "Map";
    }

    @Override
    public Exit.Taken run(Visit visit) throws StateFailure, InterruptedException {
        Query query = visit.query();
        Frame frame = visit.frame();
        if (frame.children().isEmpty()) {
            frame.begin(iterations(visit));
        }
        int length = frame.children().size();
        visit.record(
                "MapStateStarted",
                "mapStateStartedEventDetails",
                Visit.details().put("length", length));
        Branches branches = new Branches(visit, new IterationEvents(visit, name), tolerated(query, length));
        int atATime = number(query, "MaxConcurrency", source.maxConcurrency(), 0);
        JsonNode result = branches.run(atATime == 0 ? MOST_AT_A_TIME : Math.min(atATime, MOST_AT_A_TIME));
        visit.record("MapStateSucceeded");
        return exit.take(query.with("result", result), result);
    }

    private List<Frame> iterations(Visit visit) throws StateFailure {
        Query query = visit.query();
        JsonNode items = query.evaluate(source.items(), query.input());
        if (!items.isArray()) {
            throw new StateFailure(
                    StateFailure.QUERY_EVALUATION_ERROR, name + ".Items: must be an array, was " + items);
        }
        List<Frame> frames = new ArrayList<>();
        for (JsonNode item : items) {
            ObjectNode contextMap = Visit.details();
            contextMap.putObject("Item").put("Index", frames.size()).set("Value", item);
            ObjectNode context = Visit.details();
            query.context().properties().forEach(member -> context.set(member.getKey(), member.getValue()));
            context.set("Map", contextMap);
            JsonNode input = query.with("context", context).evaluate(source.itemSelector(), item);
            PayloadLimit.require("ItemSelector", input);
            frames.add(visit.frame().iteration(processor, input, contextMap));
        }
        return frames;
    }

    /** How many iterations may fail: 0 unless the definition says otherwise; of two limits the smaller. */
    private int tolerated(Query query, int length) throws StateFailure {
        boolean limited = source.toleratedFailureCount() != null || source.toleratedFailurePercentage() != null;
        int count = number(query, "ToleratedFailureCount", source.toleratedFailureCount(), length);
        int percentage = number(query, "ToleratedFailurePercentage", source.toleratedFailurePercentage(), 100);
        return limited ? Math.min(count, (int) ((long) length * percentage / 100)) : 0;
    }

    private int number(Query query, String field, @Nullable JsonNode template, int fallback) throws StateFailure {
        if (template == null) {
            return fallback;
        }
        JsonNode value = query.evaluate(template);
        if (!value.isInt() || value.intValue() < 0) {
            throw new StateFailure(
                    StateFailure.QUERY_EVALUATION_ERROR,
                    name + "." + field + ": must be a whole number of at least 0, was " + value);
        }
        return value.intValue();
    }

    /** Writes the iterations' events. */
    private record IterationEvents(Visit visit, String name) implements Branches.Observer {
        @Override
        public void happened(Frame iteration, int index, String what) {
            ObjectNode details = Visit.details().put("name", name).put("index", index);
            iteration.lastEvent(visit.run()
                    .history()
                    .add(
                            iteration.lastEvent(),
                            "MapIteration" + what,
                            "mapIteration" + what + "EventDetails",
                            details));
        }
    }
}
