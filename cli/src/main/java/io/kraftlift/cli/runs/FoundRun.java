package io.kraftlift.cli.runs;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import java.util.Optional;

/**
 * A run and where it executes.
 *
 * @param deployment what it belongs to; empty when it was found without a stack
 */
public record FoundRun(
        MigrationRun run, StatesEndpoint endpoint, Optional<String> execution, Optional<Deployment> deployment)
        implements AutoCloseable {
    /** The execution's ARN. */
    public String executionArn() {
        return execution.orElseThrow(() -> new CommandFailure(
                ExitCode.USAGE,
                "--execution: must be given where neither a stack nor an embedded run says it, was not; give its ARN,"
                        + " or --stack"));
    }

    /** Whether AWS knows who asks; an embedded run does not. */
    public boolean knowsCallers() {
        return deployment.isPresent() || !endpoint.isEmbedded();
    }

    @Override
    public void close() {
        run.close();
    }
}
