package io.kraftlift.cli.runs;

import io.kraftlift.access.json.Documents;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.statemachine.payloads.ExecutionInput;
import io.kraftlift.statemachine.payloads.RunReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Finds a migration's execution among those of a machine, by what each was started with. */
final class ExecutionSearch implements AutoCloseable {
    /** A machine has a handful of executions; one page of them, the newest first, is all that is looked at. */
    private static final int MOST = 100;

    private final SfnClient client;

    ExecutionSearch(StatesEndpoint endpoint) {
        this.client = SdkStepFunctions.client(endpoint);
    }

    /** An execution and the run that it was started with. */
    record Found(String arn, RunReference run) {}

    /** An execution by its ARN; empty when there is none, or when it was not started as a migration is. */
    Optional<Found> byArn(String arn) {
        try {
            DescribeExecutionResponse answer = client.describeExecution(request -> request.executionArn(arn));
            return runOf(answer.input()).map(run -> new Found(arn, run));
        } catch (ExecutionDoesNotExistException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw SdkStepFunctions.failure("show the execution " + arn, "states:DescribeExecution", e);
        }
    }

    /** The executions that run, the newest first. */
    List<Found> running(String machine) {
        return executions(machine, ExecutionStatus.RUNNING).toList();
    }

    /** A migration's newest execution, or the newest of all. */
    Optional<Found> newest(String machine, Optional<MigrationId> migration) {
        Predicate<Found> meant = found ->
                migration.filter(id -> !id.equals(found.run().migration())).isEmpty();
        return executions(machine, null).filter(meant).findFirst();
    }

    /** Each is described only when it is looked at. */
    private Stream<Found> executions(String machine, @Nullable ExecutionStatus status) {
        try {
            List<ExecutionListItem> listed = client.listExecutions(request -> request.stateMachineArn(machine)
                            .statusFilter(status)
                            .maxResults(MOST))
                    .executions();
            return listed.stream().flatMap(item -> byArn(item.executionArn()).stream());
        } catch (SdkException e) {
            throw SdkStepFunctions.failure("list the executions of " + machine, "states:ListExecutions", e);
        }
    }

    private static Optional<RunReference> runOf(@Nullable String input) {
        if (input == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Documents.read(
                            input.getBytes(StandardCharsets.UTF_8), ExecutionInput.class, "the execution's input")
                    .run());
        } catch (InvariantBroken e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
