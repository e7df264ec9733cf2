package io.kraftlift.cli.rollback;

import io.kraftlift.access.cutover.CutoverProgress;
import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.ownership.MigrationLease;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.cli.runs.FoundRun;
import io.kraftlift.cli.runs.StepFunctions;
import io.kraftlift.cli.runs.StepFunctions.ExecutionState;
import io.kraftlift.cli.takeover.Takeover;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.statemachine.Decision;
import io.kraftlift.statemachine.Gate;
import io.kraftlift.statemachine.Mode;
import io.kraftlift.statemachine.payloads.GateDecision;
import io.kraftlift.statemachine.payloads.OpenedGate;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One rollback. Where the cutover gate is open it is rejected, and the execution ends by itself. Everywhere else the execution
 * is stopped, with its workers, and a new one takes the migration over to roll it back. Interrupted, it is run again.
 */
final class RollingBack {
    /** A gate's object stays when it was decided; in other phases than these it is history. */
    private static final Set<Phase> GATE_OPEN = EnumSet.of(Phase.TAIL, Phase.DRAIN_READY);

    /** A rejection takes the seconds in which the workers end; a gate that was closed meanwhile takes none. */
    private static final Duration REJECTION = Duration.ofMinutes(2);

    private final MigrationRun run;
    private final StepFunctions functions;
    private final Surroundings surroundings;
    private final String who;
    private final Takeover takeover;
    private final MigrationLease lease;

    /**
     * Looks at the migration.
     *
     * @throws CommandFailure NOTHING_THERE
     * @throws io.kraftlift.core.failures.OperatorActionNeeded COMMIT_ALREADY_MADE, with the way back explained
     */
    RollingBack(FoundRun found, StepFunctions functions, Surroundings surroundings, String who) {
        this.run = found.run();
        this.functions = functions;
        this.surroundings = surroundings;
        this.who = who;
        this.takeover = new Takeover(found, functions, surroundings);
        this.lease = takeover.lease();
        CutoverProgress.requireNotCommitted(run, "kraftlift rollback");
    }

    boolean isDone() {
        return lease.rolledBack() && !Takeover.isUnderWay(takeover.owner(lease));
    }

    /** Where the account lies. */
    URI account() {
        return run.evidence().root().resolve(run.objects().rollback().value());
    }

    /** What a person sees before saying yes. */
    List<String> lines() {
        String status = takeover.owner(lease).map(ExecutionState::status).orElse("gone");
        String phase = journal().map(entry -> entry.to().word()).orElse("nothing done yet");
        return List.of(
                "Migration " + run.migration() + ": " + phase + ", execution " + lease.owner() + " is " + status,
                "  producers go on where they stand still; workers stop; the source is untouched",
                "  topics that were made on the target stay there, and are listed in " + account(),
                "  the migration can be begun again only with kraftlift resume --force-restart, or under a new id");
    }

    void rollBack(String ticket) throws InterruptedException {
        Optional<ExecutionState> owner = takeover.owner(lease);
        if (Takeover.isUnderWay(owner) && isRejected(ticket)) {
            return;
        }
        if (Takeover.isUnderWay(takeover.owner(lease))) {
            functions.stopExecution(lease.owner(), "RolledBack", reason(ticket));
            ExecutionState unused = takeover.awaitEnd(lease.owner());
        }
        MigrationLease last = takeover.lease();
        if (last.rolledBack()) {
            return;
        }
        String execution = takeover.start(last, last.config(), Mode.ROLLBACK, reason(ticket));
        ExecutionState end = takeover.awaitEnd(execution);
        if (!end.status().equals("SUCCEEDED")) {
            throw new CommandFailure(
                    ExitCode.OPERATOR_ACTION_NEEDED,
                    "the rollback must succeed, but its execution " + execution + " is " + end.status() + ": "
                            + end.cause().orElse("no cause") + "; remove the cause and run this command again");
        }
    }

    /** Rejects the gate where it is open, and says whether the execution has rolled back then. */
    private boolean isRejected(String ticket) throws InterruptedException {
        Optional<OpenedGate> gate = gate();
        if (gate.isEmpty()) {
            return false;
        }
        GateDecision rejection = new GateDecision(
                Decision.REJECT, who, ticket, gate.get().plan(), gate.get().report());
        if (!functions.sendTaskSuccess(gate.get().token(), Documents.writeText(rejection))) {
            return false;
        }
        return takeover.awaitEnd(lease.owner(), REJECTION).isPresent()
                && takeover.lease().rolledBack();
    }

    private Optional<OpenedGate> gate() {
        if (journal().filter(entry -> GATE_OPEN.contains(entry.to())).isEmpty()) {
            return Optional.empty();
        }
        try {
            return run.find(run.objects().gate(Gate.CUTOVER.objectName()), OpenedGate.class)
                    .filter(gate ->
                            gate.expiresAt().isAfter(surroundings.clock().instant()));
        } catch (OperatorActionNeeded e) {
            if (e.failureName() != FailureName.ACCESS_DENIED) {
                throw e;
            }
            // Only the approver may reject it. Whoever may stop executions may roll back all the same.
            return Optional.empty();
        }
    }

    private Optional<JournalEntry> journal() {
        return run.journal().entries().stream().reduce((earlier, later) -> later);
    }

    private String reason(String ticket) {
        return "rolled back by " + who + (ticket.isEmpty() ? "" : ", ticket " + ticket);
    }
}
