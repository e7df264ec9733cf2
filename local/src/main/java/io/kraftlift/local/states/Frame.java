package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a scope is: which state comes next, with which input and variables, and the frames of the branches inside that
 * state. The tree of frames is what a redrive continues from.
 *
 * <p>Confined to the thread that runs the scope; starting and joining that thread hands it over.
 */
final class Frame {
    private final ScopeDefinition definition;
    private final Variables variables;
    private final @Nullable JsonNode mapItem;
    private String current;
    private JsonNode input;
    private List<Frame> children = List.of();
    private @Nullable JsonNode output;
    private @Nullable StateFailure failure;
    private long lastEvent;

    private Frame(ScopeDefinition definition, Variables variables, @Nullable JsonNode mapItem, JsonNode input) {
        this.definition = definition;
        this.variables = variables;
        this.mapItem = mapItem;
        this.current = definition.startAt();
        this.input = input;
    }

    static Frame root(ScopeDefinition definition, JsonNode input) {
        return new Frame(definition, new Variables(null), null, input);
    }

    /** A branch of this frame's Parallel. */
    Frame branch(ScopeDefinition branch, JsonNode arguments) {
        return new Frame(branch, new Variables(variables), mapItem, arguments);
    }

    /** An iteration of this frame's Map. */
    Frame iteration(ScopeDefinition processor, JsonNode item, JsonNode contextMap) {
        return new Frame(processor, new Variables(variables), contextMap, item);
    }

    State state() {
        return definition.state(current);
    }

    Variables variables() {
        return variables;
    }

    /** The {@code Map} member of the context object, null outside of a Map. */
    @Nullable
    JsonNode mapItem() {
        return mapItem;
    }

    JsonNode input() {
        return input;
    }

    /** The frames of the branches that the current state has begun, empty when it has begun none. */
    List<Frame> children() {
        return children;
    }

    void begin(List<Frame> branches) {
        children = List.copyOf(branches);
    }

    void forgetChildren() {
        children = List.of();
    }

    /** The scope's result, null until it has one. */
    @Nullable
    JsonNode output() {
        return output;
    }

    /** What ended the last run of this scope, null while it runs and when it succeeded. */
    @Nullable
    StateFailure failure() {
        return failure;
    }

    void fail(StateFailure reason) {
        failure = reason;
    }

    void resume(long causedBy) {
        failure = null;
        lastEvent = causedBy;
    }

    long lastEvent() {
        return lastEvent;
    }

    void lastEvent(long id) {
        lastEvent = id;
    }

    /** The current state is done: its variables, output and successor become true together. */
    void advance(Exit.Taken taken) {
        variables.assign(taken.assigned());
        children = List.of();
        if (taken.next() == null) {
            output = taken.output();
        } else {
            current = taken.next();
            input = taken.output();
        }
    }
}
