package io.kraftlift.cli.start;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kraftlift.access.json.Documents;
import io.kraftlift.cli.runs.Deployment;
import io.kraftlift.statemachine.Mode;
import io.kraftlift.statemachine.payloads.RunReference;
import java.util.Optional;

/**
 * What Step Functions is asked to start.
 *
 * @param name of the execution, 1 to 80 characters
 */
record StartRequest(String stateMachine, String name, RunReference run, Mode mode) {
    /** Enough of a digest to tell two configurations of one migration apart. */
    private static final int DIGITS = 12;

    /**
     * Without a given name, one that the same command gives again: Step Functions starts nothing under the name and with the
     * input of an execution that runs (AWS documentation, "StartExecution").
     */
    static StartRequest of(Deployment deployment, RunReference run, Mode mode, Optional<String> given) {
        String word = mode == Mode.PLAN_ONLY ? "plan" : "migrate";
        String made =
                run.migration() + "-" + word + "-" + run.config().sha256().hex().substring(0, DIGITS);
        return new StartRequest(deployment.stateMachine(), given.orElse(made), run, mode);
    }

    /** The execution's input, one line of JSON. */
    String input() {
        ObjectNode input = Documents.mapper().createObjectNode();
        input.set("run", Documents.tree(run));
        input.put("mode", mode.name());
        return Documents.writeText(input);
    }
}
