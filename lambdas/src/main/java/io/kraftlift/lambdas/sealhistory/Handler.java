package io.kraftlift.lambdas.sealhistory;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.lambdas.runtime.ConfigurationSource;
import io.kraftlift.lambdas.runtime.StateHandler;
import io.kraftlift.lambdas.safetynet.InterruptedRun;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.statemachine.payloads.SafetyNetRequest;
import io.kraftlift.statemachine.payloads.SealHistoryResult;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Seals the history of an execution that ended; called by EventBridge. */
public final class Handler extends StateHandler<SafetyNetRequest, SealHistoryResult> {
    private final Supplier<SfnClient> clients;

    /** For the Lambda runtime. */
    public Handler() {
        super(SafetyNetRequest.class);
        this.clients = ExecutionHistory::byDefaultChains;
    }

    public Handler(Surroundings surroundings, ConfigurationSource configurations) {
        this(surroundings, configurations, ExecutionHistory::byDefaultChains);
    }

    Handler(Surroundings surroundings, ConfigurationSource configurations, Supplier<SfnClient> clients) {
        super(SafetyNetRequest.class, surroundings, configurations);
        this.clients = clients;
    }

    @Override
    protected RunReference runOf(SafetyNetRequest request) {
        return InterruptedRun.of(request);
    }

    @Override
    protected SealHistoryResult handle(MigrationRun run, SafetyNetRequest request) {
        try (SfnClient client = clients.get()) {
            return new HistorySealing(run, new ExecutionHistory(client)).seal(request.detail());
        }
    }
}
