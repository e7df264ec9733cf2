package io.kraftlift.lambdas.safetynet;

import io.kraftlift.access.json.Documents;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.statemachine.payloads.ExecutionInput;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.statemachine.payloads.SafetyNetRequest;
import java.nio.charset.StandardCharsets;

/** Finds the run of an execution in the event that tells of its end. */
public final class InterruptedRun {
    private InterruptedRun() {}

    /**
     * The run that the execution's input names.
     *
     * @throws OperatorActionNeeded CONFIGURATION_WRONG where the event has no input, because that was too large
     */
    public static RunReference of(SafetyNetRequest request) {
        String input = request.detail().input();
        if (input == null) {
            throw new OperatorActionNeeded(
                    FailureName.CONFIGURATION_WRONG,
                    "the event of " + request.detail().executionArn()
                            + ": must contain the execution's input, which says which run it is; producers may be frozen:"
                            + " let them go on by hand");
        }
        return Documents.read(input.getBytes(StandardCharsets.UTF_8), ExecutionInput.class, "the execution's input")
                .run();
    }
}
