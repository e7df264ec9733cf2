package io.kraftlift.lambdas.releaseoverdue;

import io.kraftlift.access.cutover.OverdueFreeze;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.lambdas.runtime.ConfigurationSource;
import io.kraftlift.lambdas.runtime.StateHandler;
import io.kraftlift.statemachine.payloads.ReleaseOverdueResult;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.statemachine.payloads.StateRequest;

/** Lets producers go on whose freeze is overdue. */
public final class Handler extends StateHandler<StateRequest, ReleaseOverdueResult> {
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
    protected boolean isForTheOwnerOnly() {
        return false;
    }

    @Override
    protected ReleaseOverdueResult handle(MigrationRun run, StateRequest request) throws InterruptedException {
        OverdueFreeze.Outcome outcome = new OverdueFreeze(run).settle();
        return new ReleaseOverdueResult(outcome.settled(), outcome.released(), outcome.lookAt());
    }
}
