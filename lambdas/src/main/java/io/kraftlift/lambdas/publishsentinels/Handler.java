package io.kraftlift.lambdas.publishsentinels;

import io.kraftlift.access.cutover.SentinelPublication;
import io.kraftlift.access.cutover.StepReport;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.lambdas.runtime.ConfigurationSource;
import io.kraftlift.lambdas.runtime.StateHandler;
import io.kraftlift.statemachine.payloads.ReportResult;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.statemachine.payloads.StateRequest;

/** Ends every partition with a sentinel. */
public final class Handler extends StateHandler<StateRequest, ReportResult> {
    /** For the Lambda runtime. */
    public Handler() {
        super(StateRequest.class);
    }

    public Handler(Surroundings surroundings, ConfigurationSource configurations) {
        super(StateRequest.class, surroundings, configurations);
    }

    @Override
    protected RunReference runOf(StateRequest request) {
        return request.run();
    }

    @Override
    protected ReportResult handle(MigrationRun run, StateRequest request) throws InterruptedException {
        StepReport step = new SentinelPublication(run).publish();
        return new ReportResult(step.report(), step.millis());
    }
}
