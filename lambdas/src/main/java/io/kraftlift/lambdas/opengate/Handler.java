package io.kraftlift.lambdas.opengate;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.lambdas.runtime.ConfigurationSource;
import io.kraftlift.lambdas.runtime.StateHandler;
import io.kraftlift.statemachine.payloads.OpenGateRequest;
import io.kraftlift.statemachine.payloads.OpenGateResult;
import io.kraftlift.statemachine.payloads.RunReference;

/** Opens a gate: notes the token down for whoever may decide. */
public final class Handler extends StateHandler<OpenGateRequest, OpenGateResult> {
    /** For the Lambda runtime. */
    public Handler() {
        super(OpenGateRequest.class);
    }

    public Handler(Surroundings surroundings, ConfigurationSource configurations) {
        super(OpenGateRequest.class, surroundings, configurations);
    }

    @Override
    protected RunReference runOf(OpenGateRequest request) {
        return request.run();
    }

    @Override
    protected OpenGateResult handle(MigrationRun run, OpenGateRequest request) {
        return new GateOpening(run).open(request);
    }
}
