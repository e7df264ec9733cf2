package io.kraftlift.cli.runs;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import java.net.URI;
import java.util.Optional;

/**
 * A run and where it executes.
 *
 * @param endpoint empty for Step Functions in AWS
 */
public record FoundRun(MigrationRun run, Optional<URI> endpoint, Optional<String> execution) implements AutoCloseable {
    /** The execution's ARN. */
    public String executionArn() {
        return execution.orElseThrow(() -> new CommandFailure(
                ExitCode.USAGE, "--execution: must be given outside of an embedded run, was not; give its ARN"));
    }

    @Override
    public void close() {
        run.close();
    }
}
