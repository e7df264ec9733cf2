package io.kraftlift.local.states;

import java.util.Map;

/** The states of the whole machine, of a branch of a Parallel, or of a Map's item processor. */
record ScopeDefinition(String startAt, Map<String, State> states) {
    ScopeDefinition {
        states = Map.copyOf(states);
    }

    /** The state of that name; the parser has checked that every transition leads to one. */
    State state(String name) {
        State state = states.get(name);
        if (state == null) {
            throw new IllegalStateException("no state is called '" + name + "'");
        }
        return state;
    }
}
