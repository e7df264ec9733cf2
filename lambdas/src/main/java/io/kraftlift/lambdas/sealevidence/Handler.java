package io.kraftlift.lambdas.sealevidence;

import io.kraftlift.access.report.Sealing;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.lambdas.copytopology.HoldRelease;
import io.kraftlift.lambdas.runtime.ConfigurationSource;
import io.kraftlift.lambdas.runtime.StateHandler;
import io.kraftlift.statemachine.payloads.EvidenceResult;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.statemachine.payloads.StateRequest;

/** Seals the evidence. */
public final class Handler extends StateHandler<StateRequest, EvidenceResult> {
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
    protected EvidenceResult handle(MigrationRun run, StateRequest request) throws InterruptedException {
        Sealing.Sealed sealed = new Sealing(run, HoldRelease::releaseCleanupHolds).seal();
        return new EvidenceResult(
                sealed.evidence(),
                sealed.report(),
                sealed.keyId().hex(),
                sealed.outcome().name());
    }
}
