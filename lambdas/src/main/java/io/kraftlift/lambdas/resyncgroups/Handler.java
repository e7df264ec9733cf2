package io.kraftlift.lambdas.resyncgroups;

import io.kraftlift.access.cutover.GroupResync;
import io.kraftlift.access.groups.StoredOffsetMaps;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.lambdas.runtime.ConfigurationSource;
import io.kraftlift.lambdas.runtime.StateHandler;
import io.kraftlift.statemachine.Gate;
import io.kraftlift.statemachine.payloads.ResyncResult;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.statemachine.payloads.StateRequest;

/** Carries over groups that go on reading the source, until the client switch is acknowledged. */
public final class Handler extends StateHandler<StateRequest, ResyncResult> {
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
    protected ResyncResult handle(MigrationRun run, StateRequest request) throws InterruptedException {
        ObjectKey decision = run.objects().gate(Gate.CLIENT_SWITCH.decisionName());
        int committed = new GroupResync(run, new StoredOffsetMaps(run.backup(), run.objects()))
                .untilAcknowledged(() -> run.backup().get(decision).isPresent());
        return new ResyncResult(run.backup().get(decision).isPresent(), committed);
    }
}
