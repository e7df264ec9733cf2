package io.kraftlift.lambdas.claimrun;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.lambdas.runtime.ConfigurationSource;
import io.kraftlift.lambdas.runtime.StateHandler;
import io.kraftlift.statemachine.payloads.ClaimRunRequest;
import io.kraftlift.statemachine.payloads.ClaimRunResult;
import io.kraftlift.statemachine.payloads.RunReference;

/** The function behind the state. */
public final class Handler extends StateHandler<ClaimRunRequest, ClaimRunResult> {
    private final OwnerStatus owners;

    /** For the Lambda runtime. */
    public Handler() {
        super(ClaimRunRequest.class);
        this.owners = StepFunctionsOwnerStatus.byDefaultChains();
    }

    public Handler(Surroundings surroundings, ConfigurationSource configurations) {
        this(surroundings, configurations, StepFunctionsOwnerStatus.byDefaultChains());
    }

    /** For a machine that is asked in another way. */
    public Handler(Surroundings surroundings, ConfigurationSource configurations, OwnerStatus owners) {
        super(ClaimRunRequest.class, surroundings, configurations);
        this.owners = owners;
    }

    @Override
    protected RunReference runOf(ClaimRunRequest request) {
        return request.run();
    }

    @Override
    protected ClaimRunResult handle(MigrationRun run, ClaimRunRequest request) {
        return new ClaimRun(run, owners).claim(request);
    }
}
