package io.kraftlift.lambdas.translateoffsets;

import io.kraftlift.access.cutover.OffsetTranslation;
import io.kraftlift.access.groups.StoredOffsetMaps;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.lambdas.runtime.ConfigurationSource;
import io.kraftlift.lambdas.runtime.StateHandler;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.statemachine.payloads.StateRequest;
import io.kraftlift.statemachine.payloads.TranslateOffsetsResult;

/** Carries every group's position over. */
public final class Handler extends StateHandler<StateRequest, TranslateOffsetsResult> {
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
    protected TranslateOffsetsResult handle(MigrationRun run, StateRequest request) throws InterruptedException {
        OffsetTranslation.Outcome outcome =
                new OffsetTranslation(run, new StoredOffsetMaps(run.backup(), run.objects())).translate();
        return new TranslateOffsetsResult(
                outcome.report(),
                outcome.groupsTranslated(),
                outcome.offsetsCommitted(),
                outcome.warnings(),
                outcome.millis());
    }
}
