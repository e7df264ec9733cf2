package io.kraftlift.lambdas.opengate;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.statemachine.payloads.ExpiredGate;
import io.kraftlift.statemachine.payloads.OpenGateRequest;
import io.kraftlift.statemachine.payloads.OpenGateResult;
import io.kraftlift.statemachine.payloads.OpenedGate;
import java.time.Instant;
import java.util.Map;

/**
 * Writes the gate's object, which is the only place that has the token: whoever may read the object may decide. A gate that
 * is opened again replaces the object, since only the newest token is alive. One that is opened again because nobody decided
 * is told of: by a line of the journal, and by an object whose writing a notice follows.
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
        if (request.expiries() > 0) {
            remind(new ExpiredGate(request.gate(), request.expiries(), now, expiry));
        }
        return new OpenGateResult(request.gate(), expiry);
    }

    private void remind(ExpiredGate expired) {
        String name = expired.gate().objectName();
        run.write(run.objects().result("expired-" + name), expired);
        run.journal()
                .append(
                        expired.gate().openIn(),
                        "gate " + name + " opened again after expiry " + expired.expiries(),
                        Map.of("expires_at", expired.expiresAt().toString()));
    }
}
