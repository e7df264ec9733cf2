package io.kraftlift.lambdas.verifyoffsetfloor;

import io.kraftlift.access.cutover.FloorCheck;
import io.kraftlift.access.cutover.StepReport;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.lambdas.copytopology.HoldRelease;
import io.kraftlift.lambdas.runtime.ConfigurationSource;
import io.kraftlift.lambdas.runtime.StateHandler;
import io.kraftlift.statemachine.payloads.ReportResult;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.statemachine.payloads.StateRequest;

/** Verifies the floor, commits the cutover, and says READY_FOR_CLIENT_SWITCH. */
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
        StepReport step = new FloorCheck(run, HoldRelease::releaseWriteHolds).verify();
        return new ReportResult(step.report(), step.millis());
    }
}
