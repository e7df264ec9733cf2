package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Branches that run side by side; the result is the array of their outputs. */
record ParallelState(
        String name, @Nullable JsonNode arguments, List<ScopeDefinition> branches, Recovery recovery, Exit exit)
        implements State {
    ParallelState {
        branches = List.copyOf(branches);
    }

    @Override
    public String type() {
        return "Parallel";
    }

    @Override
    public Exit.Taken run(Visit visit) throws StateFailure, InterruptedException {
        Query query = visit.query();
        Frame frame = visit.frame();
        if (frame.children().isEmpty()) {
            JsonNode input = PayloadLimit.require("Arguments", query.evaluate(arguments, query.input()));
            frame.begin(
                    branches.stream().map(branch -> frame.branch(branch, input)).toList());
        }
        visit.record("ParallelStateStarted");
        JsonNode result = new Branches(visit, Branches.Observer.NONE, 0).run(branches.size());
        visit.record("ParallelStateSucceeded");
        return exit.take(query.with("result", result), result);
    }
}
