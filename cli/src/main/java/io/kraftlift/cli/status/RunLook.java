package io.kraftlift.cli.status;

import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.cli.runs.FoundRun;
import io.kraftlift.cli.runs.StepFunctions;
import io.kraftlift.cli.runs.StepFunctions.ExecutionState;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.lanes.LaneStatus;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.statemachine.Gate;
import io.kraftlift.statemachine.payloads.OpenedGate;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        List<Gate> waiting = execution.status().equals("RUNNING")
                ? Arrays.stream(Gate.values())
                        .filter(gate -> phase.filter(now -> phasesOf(gate).contains(now) && isOpen(run, gate, now))
                                .isPresent())
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
        NextAction.Names names =
                new NextAction.Names(options, found.executionArn(), found.endpoint(), evidence(journal));
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

    private static boolean isOpen(MigrationRun run, Gate gate, Phase phase) {
        ObjectKey key = run.objects().gate(gate.objectName());
        Surroundings surroundings = run.surroundings();
        try {
            return run.find(key, OpenedGate.class)
                    .filter(opened ->
                            opened.expiresAt().isAfter(surroundings.clock().instant()))
                    .isPresent();
        } catch (OperatorActionNeeded e) {
            // In a deployment only the approver may read it, and everybody may see how a run is doing. In the tail it
            // may be
            // one that was decided; in the other phases nothing but the decision is awaited.
            if (e.failureName() != FailureName.ACCESS_DENIED) {
                throw e;
            }
            return phase != Phase.TAIL
                    && run.backup().list(run.objects().gates()).stream()
                            .anyMatch(object -> object.key().equals(key));
        }
    }

    /** A gate's object stays when it was decided; in other phases than these it is history. */
    private static Set<Phase> phasesOf(Gate gate) {
        return switch (gate) {
            case CUTOVER -> EnumSet.of(Phase.TAIL, Phase.DRAIN_READY);
            case CLIENT_SWITCH -> EnumSet.of(Phase.AWAITING_CLIENT_SWITCH);
        };
    }

    private static List<LaneStatus> lanes(MigrationRun run) {
        ObjectKey prefix = new ObjectKey(run.migration() + "/status");
        return run.backup().list(prefix).stream()
                .flatMap(object -> run.find(object.key(), LaneStatus.class).stream())
                .toList();
    }
}
