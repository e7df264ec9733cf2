package io.kraftlift.cli.runs;

import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.cli.RootCommand;
import io.kraftlift.cli.Terminal;
import java.util.function.Function;

/**
 * What a command needs that steers a run: who is talked to and how, and the way to the run's execution.
 *
 * @param who says as whom a run is steered
 */
public record Steering(
        Terminal terminal,
        RootCommand root,
        Surroundings surroundings,
        Function<StatesEndpoint, StepFunctions> stepFunctions,
        Function<FoundRun, String> who) {
    /** The run's Step Functions; where a person reads along, each change is said as a command of the AWS CLI. */
    public StepFunctions changing(FoundRun found) {
        StepFunctions functions = stepFunctions.apply(found.endpoint());
        return root.json() ? functions : new AnnouncedStepFunctions(functions, found, terminal.out()::println);
    }
}
