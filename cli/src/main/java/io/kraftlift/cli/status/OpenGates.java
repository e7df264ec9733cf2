package io.kraftlift.cli.status;

import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.migration.Phase;
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
                .filter(gate -> phase.filter(phasesOf(gate)::contains).isPresent())
                .filter(gate -> run.find(run.objects().gate(gate.objectName()), OpenedGate.class)
                        .filter(opened -> opened.expiresAt().isAfter(now)
                                && opened.openedAt().isAfter(decidedAt))
                        .isPresent())
                .toList();
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
