package io.kraftlift.lambdas.runtime;

import io.kraftlift.access.json.Documents;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.statemachine.Decision;
import io.kraftlift.statemachine.FunctionName;
import io.kraftlift.statemachine.Gate;
import io.kraftlift.statemachine.Mode;
import io.kraftlift.statemachine.payloads.CauseRequest;
import io.kraftlift.statemachine.payloads.ClaimRunRequest;
import io.kraftlift.statemachine.payloads.ExecutionInput;
import io.kraftlift.statemachine.payloads.FreezeRequest;
import io.kraftlift.statemachine.payloads.GateDecision;
import io.kraftlift.statemachine.payloads.OpenGateRequest;
import io.kraftlift.statemachine.payloads.RecordDecisionRequest;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.statemachine.payloads.SafetyNetRequest;
import io.kraftlift.statemachine.payloads.StateRequest;
import java.time.Instant;

/** A request for each function, as the state machine or the rule would send it. */
final class FunctionRequests {
    private static final Sha256 DIGEST = Sha256.of(new byte[] {1});

    private FunctionRequests() {}

    static byte[] of(FunctionName function, RunReference run) {
        return Documents.write(
                switch (function) {
                    case CLAIM_RUN -> new ClaimRunRequest(run, "arn:execution:first", Mode.MIGRATE);
                    case OPEN_GATE -> new OpenGateRequest(run, Gate.CUTOVER, "token", DIGEST, DIGEST, 0);
                    case RECORD_DECISION ->
                        new RecordDecisionRequest(
                                run,
                                Gate.CUTOVER,
                                new GateDecision(Decision.APPROVE, "arn:approver", "CHG-1", DIGEST, DIGEST));
                    case FREEZE_PRODUCERS -> new FreezeRequest(run, Instant.parse("2026-03-04T05:06:07Z"));
                    case UNFREEZE, ROLLBACK -> new CauseRequest(run, "States.Timeout", "it took too long");
                    case SAFETY_NET, SEAL_HISTORY ->
                        new SafetyNetRequest(new SafetyNetRequest.Detail(
                                "arn:execution:first",
                                "FAILED",
                                Documents.tree(new ExecutionInput(run)).toString()));
                    default -> new StateRequest(run);
                });
    }
}
