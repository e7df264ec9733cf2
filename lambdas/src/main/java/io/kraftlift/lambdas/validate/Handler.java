package io.kraftlift.lambdas.validate;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.access.validation.Validation;
import io.kraftlift.lambdas.runtime.ConfigurationSource;
import io.kraftlift.lambdas.runtime.StateHandler;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.statemachine.payloads.StateRequest;
import io.kraftlift.statemachine.payloads.ValidationResult;

/** Makes the five checks. */
public final class Handler extends StateHandler<StateRequest, ValidationResult> {
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
    protected ValidationResult handle(MigrationRun run, StateRequest request) throws InterruptedException {
        Validation.Validated validated = new Validation(run).validate();
        return new ValidationResult(
                validated.reference(), validated.report().overall().name());
    }
}
