package io.kraftlift.lambdas.rollback;

import io.kraftlift.access.cutover.Cause;
import io.kraftlift.access.cutover.Rollback;
import io.kraftlift.access.cutover.StepReport;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.lambdas.runtime.ConfigurationSource;
import io.kraftlift.lambdas.runtime.StateHandler;
import io.kraftlift.statemachine.payloads.CauseRequest;
import io.kraftlift.statemachine.payloads.ReportResult;
import io.kraftlift.statemachine.payloads.RunReference;

/** Ends a migration before its commit. */
public final class Handler extends StateHandler<CauseRequest, ReportResult> {
    /** For the Lambda runtime. */
    public Handler() {
        super(CauseRequest.class);
    }

    public Handler(Surroundings surroundings, ConfigurationSource configurations) {
        super(CauseRequest.class, surroundings, configurations);
    }

    @Override
    protected RunReference runOf(CauseRequest request) {
        return request.run();
    }

    @Override
    protected ReportResult handle(MigrationRun run, CauseRequest request) throws InterruptedException {
        StepReport step = new Rollback(run).rollBack(new Cause(request.error(), request.cause()));
        return new ReportResult(step.report(), step.millis());
    }
}
