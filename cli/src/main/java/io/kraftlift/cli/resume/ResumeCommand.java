package io.kraftlift.cli.resume;

import io.kraftlift.access.config.SettingChange;
import io.kraftlift.access.json.Documents;
import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.cli.Terminal;
import io.kraftlift.cli.runs.AnnouncedStepFunctions;
import io.kraftlift.cli.runs.ConfigurationFile;
import io.kraftlift.cli.runs.FoundRun;
import io.kraftlift.cli.runs.RunOptions;
import io.kraftlift.cli.runs.ShellWord;
import io.kraftlift.cli.runs.Steering;
import io.kraftlift.cli.runs.StepFunctions;
import io.kraftlift.core.migration.MigrationId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kraftlift resume}. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Lets a migration go on whose execution has ended: redrives that execution, or starts a new one"
                + " that takes the migration over.")
public final class ResumeCommand implements Callable<Integer> {
    private final Steering steering;
    private final Terminal terminal;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(
            names = "--new-execution",
            description = "Start a new execution even where the one that has ended can be redriven.")
    private boolean newExecution;

    @Option(
            names = "--force-restart",
            description = "Delete the topics that the migration made on the target, and begin anew. Asks for its id.")
    private boolean forceRestart;

    @Option(
            names = "--confirm",
            paramLabel = "ID",
            description = "The migration's id, for --force-restart without a question.")
    private @Nullable String confirmation;

    public ResumeCommand(Steering steering) {
        this.steering = steering;
        this.terminal = steering.terminal();
    }

    @Override
    public Integer call() throws InterruptedException {
        try (FoundRun found = options.find(steering.surroundings());
                StepFunctions functions = steering.changing(found)) {
            Resuming resuming = new Resuming(
                    found,
                    functions,
                    steering.surroundings(),
                    steering.who().apply(found),
                    options.configuration().map(ConfigurationFile::contentOf));
            if (forceRestart) {
                resuming.requireRestartable();
                if (!isConfirmed(found.run().migration())) {
                    return ExitCode.NOT_CONFIRMED.number();
                }
                announceFile(found, resuming);
                say(resuming, resuming.restart());
                return ExitCode.OK.number();
            }
            resuming.requireResumable();
            if (!steering.root().json()) {
                resuming.changes().forEach(this::show);
            }
            resuming.requireFitting();
            announceFile(found, resuming);
            say(resuming, newExecution ? resuming.takeOver("--new-execution was given") : resuming.resume());
            return ExitCode.OK.number();
        }
    }

    /** A file is handed over by the store, which says nothing. */
    private void announceFile(FoundRun found, Resuming resuming) {
        if (steering.root().json()) {
            return;
        }
        resuming.handedOver()
                .filter(uri -> "s3".equals(uri.getScheme()))
                .ifPresent(uri -> options.configuration()
                        .ifPresent(file -> AnnouncedStepFunctions.say(
                                found.endpoint()
                                        .commandOf("s3 cp " + ShellWord.quoted(file.toString()) + " "
                                                + ShellWord.quoted(uri.toString())),
                                terminal.out()::println)));
    }

    private boolean isConfirmed(MigrationId migration) {
        if (confirmation != null) {
            if (!confirmation.equals(migration.value())) {
                throw new CommandFailure(
                        ExitCode.NOT_CONFIRMED,
                        "--confirm: must be the migration's id " + migration + ", was \"" + confirmation
                                + "\"; nothing was done");
            }
            return true;
        }
        if (!terminal.asking()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--confirm: must be given where nobody can be asked, was not; run it on a terminal or with --confirm"
                            + " and the migration's id");
        }
        return terminal.confirmed(
                "The topics that migration " + migration
                        + " made on the target are deleted with everything in them, and it begins anew.",
                migration.value());
    }

    private void show(SettingChange change) {
        terminal.out()
                .println("  " + (change.isRefused() ? "refused   " : "accepted  ") + change.path() + ": was "
                        + Optional.ofNullable(change.before()).orElse("absent") + ", is "
                        + Optional.ofNullable(change.after()).orElse("absent"));
    }

    private void say(Resuming resuming, Resuming.Outcome outcome) {
        if (steering.root().json()) {
            terminal.out()
                    .println(Documents.writeText(Map.of(
                            "execution", outcome.execution(),
                            "how", outcome.how(),
                            "why", outcome.why(),
                            "changes", resuming.changes())));
            return;
        }
        terminal.out().println(outcome.how() + ": " + outcome.execution());
        if (!outcome.why().isEmpty()) {
            terminal.out().println("  because " + outcome.why());
        }
        terminal.out().println("  kraftlift status --watch" + options.typed());
    }
}
