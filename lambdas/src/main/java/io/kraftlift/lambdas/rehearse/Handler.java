package io.kraftlift.lambdas.rehearse;

import io.kraftlift.access.cutover.Rehearsal;
import io.kraftlift.access.cutover.StepReport;
import io.kraftlift.access.groups.StoredOffsetMaps;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.lambdas.runtime.ConfigurationSource;
import io.kraftlift.lambdas.runtime.StateHandler;
import io.kraftlift.statemachine.payloads.ReportResult;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.statemachine.payloads.StateRequest;

/** The cutover without freeze and commit. */
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
        StepReport step = new Rehearsal(run, new StoredOffsetMaps(run.backup(), run.objects())).rehearse();
        return new ReportResult(step.report(), step.millis());
    }
}
