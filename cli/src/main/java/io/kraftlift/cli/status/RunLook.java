package io.kraftlift.cli.status;

import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.cli.runs.FoundRun;
import io.kraftlift.cli.runs.StepFunctions;
import io.kraftlift.cli.runs.StepFunctions.ExecutionState;
import io.kraftlift.core.cutover.ReleaseByHand;
import io.kraftlift.core.lanes.LaneStatus;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.statemachine.Gate;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at a run: its execution, its journal, its gates, its lanes. Mutable through the journal that it has read; confined to one thread. */
final class RunLook {
    private final FoundRun found;
    private final StepFunctions functions;
    private final String options;
    private List<JournalEntry> journal = List.of();

    /** @param options of {@code kraftlift} that name this run, each after a space */
    RunLook(FoundRun found, StepFunctions functions, String options) {
        this.found = found;
        this.functions = functions;
        this.options = options;
    }

    /** @throws CommandFailure NOTHING_THERE when there is no such execution */
    RunStatus status() {
        MigrationRun run = found.run();
        ExecutionState execution = functions
                .describe(found.executionArn())
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.NOTHING_THERE,
                        "the execution " + found.executionArn() + " must exist, does not; give its ARN with"
                                + " --execution"));
        journal = run.journal().entriesAfter(journal);
        @Nullable JournalEntry last = journal.isEmpty() ? null : journal.get(journal.size() - 1);
        Optional<Phase> phase = Optional.ofNullable(last).map(JournalEntry::to);
        List<Gate> waiting = execution.status().equals("RUNNING") ? OpenGates.of(run, journal, phase) : List.of();
        RunStatus.Course course = new RunStatus.Course(
                run.migration(),
                execution.status(),
                execution.cause(),
                phase,
                since(journal),
                last == null ? "" : last.what(),
                waiting);
        NextAction.Names names = new NextAction.Names(options, evidence(journal));
        NextAction next = NextAction.of(execution.status(), phase, waiting, names);
        return RunStatus.of(course, lanes(run), producersStand() ? next.afterLettingProducersGoOn() : next);
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

    /** Whether a cutover was given up whose producers a person stopped, and no decision about them came since. */
    private boolean producersStand() {
        MigrationRun run = found.run();
        return run.find(run.objects().result(ReleaseByHand.NAME), ReleaseByHand.class)
                .filter(release -> journal.stream()
                        .noneMatch(entry ->
                                OpenGates.isDecision(entry) && entry.at().isAfter(release.at())))
                .isPresent();
    }

    private static List<LaneStatus> lanes(MigrationRun run) {
        return run.backup().list(run.objects().statuses()).stream()
                .flatMap(object -> run.find(object.key(), LaneStatus.class).stream())
                .toList();
    }
}
