package io.kraftlift.lambdas.recorddecision;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.statemachine.Gate;
import io.kraftlift.statemachine.payloads.GateDecision;
import io.kraftlift.statemachine.payloads.RecordDecisionRequest;
import io.kraftlift.statemachine.payloads.RecordDecisionResult;
import java.util.Map;

/**
 * Writes {@code gates/<gate>-decision.json} and a line of the journal. The decision about the client switch ends the resync
 * and begins the validation.
 */
final class DecisionRecord {
    private final MigrationRun run;

    DecisionRecord(MigrationRun run) {
        this.run = run;
    }

    RecordDecisionResult keep(RecordDecisionRequest request) {
        GateDecision decision = request.decision();
        run.write(run.objects().gate(request.gate().decisionName()), decision);
        run.journal()
                .append(
                        phaseAfter(request.gate()),
                        sentenceOf(request.gate()),
                        Map.of(
                                "decision", decision.decision().name(),
                                "approver", decision.approver(),
                                "ticket", decision.ticket(),
                                "plan", decision.plan().hex()));
        return new RecordDecisionResult(request.gate(), decision.decision());
    }

    private static Phase phaseAfter(Gate gate) {
        return switch (gate) {
            case CUTOVER -> Phase.DRAIN_READY;
            case PRODUCER_FREEZE -> Phase.CUTOVER;
            case CLIENT_SWITCH -> Phase.VALIDATING;
        };
    }

    private static String sentenceOf(Gate gate) {
        return switch (gate) {
            case CUTOVER -> "cutover approved";
            case PRODUCER_FREEZE -> "producers stand still by hand";
            case CLIENT_SWITCH -> "client switch acknowledged";
        };
    }
}
