package io.kraftlift.lambdas.freezeproducers;

import io.kraftlift.access.cutover.ProducerFreeze;
import io.kraftlift.access.cutover.StepReport;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.lambdas.runtime.ConfigurationSource;
import io.kraftlift.lambdas.runtime.StateHandler;
import io.kraftlift.statemachine.payloads.FreezeRequest;
import io.kraftlift.statemachine.payloads.ReportResult;
import io.kraftlift.statemachine.payloads.RunReference;

/** Freezes the producers, and proves it. */
public final class Handler extends StateHandler<FreezeRequest, ReportResult> {
    /** For the Lambda runtime. */
    public Handler() {
        super(FreezeRequest.class);
    }

    public Handler(Surroundings surroundings, ConfigurationSource configurations) {
        super(FreezeRequest.class, surroundings, configurations);
    }

    @Override
    protected RunReference runOf(FreezeRequest request) {
        return request.run();
    }

    @Override
    protected ReportResult handle(MigrationRun run, FreezeRequest request) throws InterruptedException {
        StepReport step = new ProducerFreeze(run).freeze(request.beginBy());
        return new ReportResult(step.report(), step.millis());
    }
}
