package io.kraftlift.cli.status;

import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.cli.RootCommand;
import io.kraftlift.cli.Terminal;
import io.kraftlift.cli.runs.FoundRun;
import io.kraftlift.cli.runs.RunOptions;
import io.kraftlift.cli.runs.StepFunctions;
import io.kraftlift.cli.runs.StepFunctions.ExecutionState;
import io.kraftlift.cli.screen.Redraw;
import io.kraftlift.core.lanes.LaneStatus;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.statemachine.Gate;
import io.kraftlift.statemachine.payloads.OpenedGate;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kraftlift status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows where a run stands, its lag, and what it waits for.")
public final class StatusCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Terminal terminal;
    private final Surroundings surroundings;
    private final Function<Optional<URI>, StepFunctions> stepFunctions;
    private final RootCommand root;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = "--watch", description = "Look again every second until the run ends.")
    private boolean watch;

    public StatusCommand(
            Terminal terminal,
            Surroundings surroundings,
            Function<Optional<URI>, StepFunctions> stepFunctions,
            RootCommand root) {
        this.terminal = terminal;
        this.surroundings = surroundings;
        this.stepFunctions = stepFunctions;
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (FoundRun found = options.find(surroundings);
                StepFunctions functions = stepFunctions.apply(found.endpoint())) {
            Redraw screen = new Redraw(terminal.out());
            while (true) {
                RunStatus status = look(found, functions);
                show(status, screen);
                if (!watch || StatusText.isOver(status)) {
                    return ExitCode.OK.number();
                }
                surroundings.sleeper().sleep(BETWEEN_LOOKS);
            }
        }
    }

    private void show(RunStatus status, Redraw screen) {
        List<String> lines = new StatusText(status, surroundings.clock().instant()).lines();
        if (root.json()) {
            terminal.out().println(Documents.writeText(status));
        } else if (watch && terminal.redrawing()) {
            screen.draw(lines);
        } else {
            lines.forEach(terminal.out()::println);
        }
    }

    private RunStatus look(FoundRun found, StepFunctions functions) {
        MigrationRun run = found.run();
        ExecutionState execution = functions
                .describe(found.executionArn())
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.NOTHING_THERE,
                        "the execution " + found.executionArn() + " must exist, does not; give its ARN with"
                                + " --execution"));
        List<JournalEntry> journal = run.journal().entries();
        @Nullable JournalEntry last = journal.isEmpty() ? null : journal.get(journal.size() - 1);
        Optional<Phase> phase = Optional.ofNullable(last).map(JournalEntry::to);
        List<Gate> waiting = execution.status().equals("RUNNING")
                ? Arrays.stream(Gate.values())
                        .filter(gate -> phase.filter(phasesOf(gate)::contains).isPresent() && isOpen(run, gate))
                        .toList()
                : List.of();
        RunStatus.Course course = new RunStatus.Course(
                run.migration(),
                execution.status(),
                execution.cause(),
                phase,
                since(journal),
                last == null ? "" : last.what(),
                waiting);
        NextAction.Names names = new NextAction.Names(options.typed(), evidence(journal));
        return RunStatus.of(course, lanes(run), NextAction.of(execution.status(), phase, waiting, names));
    }

    /** Where the journal says that evidence was stored last. */
    private static Optional<URI> evidence(List<JournalEntry> journal) {
        return journal.stream()
                .flatMap(entry -> Optional.ofNullable(entry.facts().get("evidence")).stream())
                .reduce((earlier, later) -> later)
                .map(URI::create);
    }

    /** When the journal's phase began. */
    private static Optional<Instant> since(List<JournalEntry> journal) {
        return journal.stream()
                .filter(entry -> entry.from() != entry.to())
                .reduce((earlier, later) -> later)
                .map(JournalEntry::at);
    }

    private boolean isOpen(MigrationRun run, Gate gate) {
        return run.find(run.objects().gate(gate.objectName()), OpenedGate.class)
                .filter(opened ->
                        opened.expiresAt().isAfter(surroundings.clock().instant()))
                .isPresent();
    }

    /** A gate's object stays when it was decided; in other phases than these it is history. */
    private static Set<Phase> phasesOf(Gate gate) {
        return switch (gate) {
            case CUTOVER -> EnumSet.of(Phase.TAIL, Phase.DRAIN_READY);
            case CLIENT_SWITCH -> EnumSet.of(Phase.AWAITING_CLIENT_SWITCH);
        };
    }

    private static List<LaneStatus> lanes(MigrationRun run) {
        return run.backup().list(run.objects().statuses()).stream()
                .flatMap(object -> run.find(object.key(), LaneStatus.class).stream())
                .toList();
    }
}
