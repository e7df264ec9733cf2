package io.kraftlift.lambdas.safetynet;

import io.kraftlift.access.cutover.AbandonedRun;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.lambdas.runtime.ConfigurationSource;
import io.kraftlift.lambdas.runtime.StateHandler;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.statemachine.payloads.SafetyNetRequest;
import io.kraftlift.statemachine.payloads.SafetyNetResult;

/** Secures what an execution left that failed, timed out or was stopped; called by EventBridge. */
public final class Handler extends StateHandler<SafetyNetRequest, SafetyNetResult> {
    /** For the Lambda runtime. */
    public Handler() {
        super(SafetyNetRequest.class);
    }

    public Handler(Surroundings surroundings, ConfigurationSource configurations) {
        super(SafetyNetRequest.class, surroundings, configurations);
    }

    @Override
    protected RunReference runOf(SafetyNetRequest request) {
        return InterruptedRun.of(request);
    }

    @Override
    protected SafetyNetResult handle(MigrationRun run, SafetyNetRequest request) throws InterruptedException {
        SafetyNetRequest.Detail detail = request.detail();
        AbandonedRun.Outcome outcome = new AbandonedRun(run).secure(detail.executionArn(), detail.status());
        return new SafetyNetResult(outcome.responsible(), outcome.unfrozen());
    }
}
