package io.kraftlift.cli.status;

import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.cli.runs.FoundRun;
import io.kraftlift.cli.runs.RunOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kraftlift status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows where a run stands, its lag, and what it waits for.")
public final class StatusCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final StatusScreen screen;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(
            names = "--watch",
            description = "Look again every second, or every five seconds in AWS, until the run ends.")
    private boolean watch;

    public StatusCommand(Surroundings surroundings, StatusScreen screen) {
        this.surroundings = surroundings;
        this.screen = screen;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (FoundRun found = options.find(surroundings)) {
            if (watch) {
                screen.follow(found, options.typed());
            } else {
                screen.show(found, options.typed());
            }
            return ExitCode.OK.number();
        }
    }
}
