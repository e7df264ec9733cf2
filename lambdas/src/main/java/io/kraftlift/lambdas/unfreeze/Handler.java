package io.kraftlift.lambdas.unfreeze;

import io.kraftlift.access.cutover.Cause;
import io.kraftlift.access.cutover.Unfreeze;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.lambdas.runtime.ConfigurationSource;
import io.kraftlift.lambdas.runtime.StateHandler;
import io.kraftlift.statemachine.payloads.CauseRequest;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.statemachine.payloads.UnfreezeResult;

/** Gives a cutover up. */
public final class Handler extends StateHandler<CauseRequest, UnfreezeResult> {
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
    protected UnfreezeResult handle(MigrationRun run, CauseRequest request) throws InterruptedException {
        Unfreeze.Report report = new Unfreeze(run).giveUp(new Cause(request.error(), request.cause()));
        return new UnfreezeResult(report.released(), report.committed());
    }
}
