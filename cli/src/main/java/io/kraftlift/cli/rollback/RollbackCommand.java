package io.kraftlift.cli.rollback;

import io.kraftlift.access.json.Documents;
import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.cli.Terminal;
import io.kraftlift.cli.runs.FoundRun;
import io.kraftlift.cli.runs.RunOptions;
import io.kraftlift.cli.runs.Steering;
import io.kraftlift.cli.runs.StepFunctions;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kraftlift rollback}. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Gives a migration up before its cutover is committed: producers go on, the copy stops, and"
                + " rollback.json in the evidence store lists what is left on the target.")
public final class RollbackCommand implements Callable<Integer> {
    private final Steering steering;
    private final Terminal terminal;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = "--yes", description = "Roll back without a question.")
    private boolean yes;

    @Option(names = "--ticket", paramLabel = "TICKET", description = "The change ticket; it goes into the journal.")
    private @Nullable String ticket;

    public RollbackCommand(Steering steering) {
        this.steering = steering;
        this.terminal = steering.terminal();
    }

    @Override
    public Integer call() throws InterruptedException {
        try (FoundRun found = options.find(steering.surroundings());
                StepFunctions functions = steering.changing(found)) {
            RollingBack rollback = new RollingBack(
                    found, functions, steering.surroundings(), steering.who().apply(found));
            if (rollback.isDone()) {
                say("is rolled back already", rollback.account(), found);
                return ExitCode.OK.number();
            }
            if (!yes && !confirmed(rollback)) {
                return ExitCode.NOT_CONFIRMED.number();
            }
            rollback.rollBack(ticket == null ? "" : ticket);
            say("rolled back", rollback.account(), found);
            return ExitCode.OK.number();
        }
    }

    private boolean confirmed(RollingBack rollback) {
        if (!terminal.asking()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--yes: must be given where nobody can be asked, was not; run it on a terminal or with --yes");
        }
        if (!steering.root().json()) {
            rollback.lines().forEach(terminal.out()::println);
        }
        return terminal.confirmed("Do you want to roll the migration back?");
    }

    private void say(String what, URI account, FoundRun found) {
        if (steering.root().json()) {
            terminal.out()
                    .println(Documents.writeText(
                            Map.of("migration", found.run().migration(), "rolled_back", true, "account", account)));
            return;
        }
        terminal.out().println("migration " + found.run().migration() + " " + what);
        terminal.out().println("  account  " + account);
        terminal.out().println("  clean up the target with its clean_up_script, for a shell with Kafka's tools");
    }
}
