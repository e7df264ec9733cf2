package io.kraftlift.cli.status;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.cli.RootCommand;
import io.kraftlift.cli.Terminal;
import io.kraftlift.cli.runs.FoundRun;
import io.kraftlift.cli.runs.StatesEndpoint;
import io.kraftlift.cli.runs.StepFunctions;
import io.kraftlift.cli.screen.Redraw;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Shows how a run is doing, once or until it ends. */
public final class StatusScreen {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** In AWS a look is a request for each lane and a few more, each of which costs. */
    private static final Duration BETWEEN_LOOKS_IN_AWS = Duration.ofSeconds(5);

    private final Terminal terminal;
    private final Surroundings surroundings;
    private final Function<StatesEndpoint, StepFunctions> stepFunctions;
    private final RootCommand root;

    public StatusScreen(
            Terminal terminal,
            Surroundings surroundings,
            Function<StatesEndpoint, StepFunctions> stepFunctions,
            RootCommand root) {
        this.terminal = terminal;
        this.surroundings = surroundings;
        this.stepFunctions = stepFunctions;
        this.root = root;
    }

    /**
     * Shows a run as it is now, with the commands of the AWS CLI that show the same of a deployment's.
     *
     * @param options of {@code kraftlift} that name the run, each after a space
     */
    public void show(FoundRun found, String options) {
        try (StepFunctions functions = stepFunctions.apply(found.endpoint())) {
            show(new RunLook(found, functions, options).status(), new Redraw(terminal.out()), Manner.ONCE);
            if (found.deployment().isPresent() && !root.json()) {
                new AwsEquals(found).ofStatus().forEach(terminal.out()::println);
            }
        }
    }

    /** Shows a run again and again until nothing more happens by itself; returns how it ended. */
    public RunStatus follow(FoundRun found, String options) throws InterruptedException {
        try (StepFunctions functions = stepFunctions.apply(found.endpoint())) {
            Redraw screen = new Redraw(terminal.out());
            RunLook look = new RunLook(found, functions, options);
            Duration pause = found.knowsCallers() ? BETWEEN_LOOKS_IN_AWS : BETWEEN_LOOKS;
            while (true) {
                RunStatus status = look.status();
                show(status, screen, Manner.AGAIN);
                if (StatusText.isOver(status)) {
                    return status;
                }
                surroundings.sleeper().sleep(pause);
            }
        }
    }

    private enum Manner {
        ONCE,
        AGAIN
    }

    private void show(RunStatus status, Redraw screen, Manner manner) {
        List<String> lines = new StatusText(status, surroundings.clock().instant()).lines();
        if (root.json()) {
            terminal.out().println(Documents.writeText(status));
        } else if (manner == Manner.AGAIN && terminal.redrawing()) {
            screen.draw(lines);
        } else {
            lines.forEach(terminal.out()::println);
        }
    }
}
