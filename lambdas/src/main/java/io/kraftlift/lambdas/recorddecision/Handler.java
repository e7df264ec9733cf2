package io.kraftlift.lambdas.recorddecision;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.lambdas.runtime.ConfigurationSource;
import io.kraftlift.lambdas.runtime.StateHandler;
import io.kraftlift.statemachine.payloads.RecordDecisionRequest;
import io.kraftlift.statemachine.payloads.RecordDecisionResult;
import io.kraftlift.statemachine.payloads.RunReference;

/** Keeps a decision that was accepted at a gate. */
public final class Handler extends StateHandler<RecordDecisionRequest, RecordDecisionResult> {
    /** For the Lambda runtime. */
    public Handler() {
        super(RecordDecisionRequest.class);
    }

    public Handler(Surroundings surroundings, ConfigurationSource configurations) {
        super(RecordDecisionRequest.class, surroundings, configurations);
    }

    @Override
    protected RunReference runOf(RecordDecisionRequest request) {
        return request.run();
    }

    @Override
    protected RecordDecisionResult handle(MigrationRun run, RecordDecisionRequest request) {
        return new DecisionRecord(run).keep(request);
    }
}
