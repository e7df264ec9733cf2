package io.kraftlift.cli.status;

import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.statemachine.Gate;
import io.kraftlift.statemachine.payloads.OpenedGate;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the gate that waits. A gate's object stays when it was decided, so that not every one of them is a question. */
final class OpenGates {
    private OpenGates() {}

    /** The gates that are asked in this phase, have not expired, and were opened after the last decision. */
    static List<Gate> of(MigrationRun run, List<JournalEntry> journal, Optional<Phase> phase) {
        Instant now = run.surroundings().clock().instant();
        Instant decidedAt = journal.stream()
                .filter(OpenGates::isDecision)
                .map(JournalEntry::at)
                .reduce(Instant.MIN, (earlier, later) -> later);
        return Arrays.stream(Gate.values())
                .filter(gate -> phase.filter(in -> phasesOf(gate).contains(in)).isPresent())
                .filter(gate -> {
                    try {
                        return run.find(run.objects().gate(gate.objectName()), OpenedGate.class)
                                .filter(opened -> opened.expiresAt().isAfter(now)
                                        && opened.openedAt().isAfter(decidedAt))
                                .isPresent();
                    } catch (OperatorActionNeeded e) {
                        if (e.failureName() != FailureName.ACCESS_DENIED) {
                            throw e;
                        }
                        return mayBeOpen(run, gate, journal);
                    }
                })
                .toList();
    }

    /**
     * For who may not read gates: in a deployment only the approver may, and everybody may see how a run is doing. In the tail
     * its object may be one that was decided; in the other phases nothing but the decision is awaited.
     */
    private static boolean mayBeOpen(MigrationRun run, Gate gate, List<JournalEntry> journal) {
        JournalEntry last = journal.get(journal.size() - 1);
        ObjectKey key = run.objects().gate(gate.objectName());
        return last.to() != Phase.TAIL
                && !isDecision(last)
                && run.backup().list(run.objects().gates()).stream()
                        .anyMatch(object -> object.key().equals(key));
    }

    /** Whether an entry keeps what was decided at a gate. */
    static boolean isDecision(JournalEntry entry) {
        return entry.facts().containsKey("decision");
    }

    private static Set<Phase> phasesOf(Gate gate) {
        return switch (gate) {
            case CUTOVER -> EnumSet.of(Phase.TAIL, Phase.DRAIN_READY);
            case PRODUCER_FREEZE, CLIENT_SWITCH -> EnumSet.of(gate.openIn());
        };
    }
}
