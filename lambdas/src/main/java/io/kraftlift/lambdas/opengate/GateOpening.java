package io.kraftlift.lambdas.opengate;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.statemachine.payloads.OpenGateRequest;
import io.kraftlift.statemachine.payloads.OpenGateResult;
import io.kraftlift.statemachine.payloads.OpenedGate;
import java.time.Instant;

/**
 * Writes the gate's object, which is the only place that has the token: whoever may read the object may decide. A gate that
 * is opened again replaces the object, since only the newest token is alive.
 */
final class GateOpening {
    private final MigrationRun run;

    GateOpening(MigrationRun run) {
        this.run = run;
    }

    OpenGateResult open(OpenGateRequest request) {
        Instant now = run.surroundings().clock().instant();
        Instant expiry = now.plus(run.config().cutover().approvalTimeout());
        run.write(
                run.objects().gate(request.gate().objectName()),
                new OpenedGate(request.gate(), request.token(), request.plan(), request.report(), now, expiry));
        return new OpenGateResult(request.gate(), expiry);
    }
}
