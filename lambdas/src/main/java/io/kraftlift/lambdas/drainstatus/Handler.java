package io.kraftlift.lambdas.drainstatus;

import io.kraftlift.access.cutover.DrainWatch;
import io.kraftlift.access.cutover.SourceGrowth;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.lambdas.runtime.ConfigurationSource;
import io.kraftlift.lambdas.runtime.StateHandler;
import io.kraftlift.statemachine.payloads.DrainStatusResult;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.statemachine.payloads.StateRequest;

/** One look at what came to the source, and at the lag. */
public final class Handler extends StateHandler<StateRequest, DrainStatusResult> {
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
    protected DrainStatusResult handle(MigrationRun run, StateRequest request) throws InterruptedException {
        DrainWatch.Outcome outcome = new DrainWatch(run).look(new SourceGrowth(run).lookIfPossible());
        return new DrainStatusResult(outcome.ready(), outcome.largestLag(), outcome.totalLag(), outcome.report());
    }
}
