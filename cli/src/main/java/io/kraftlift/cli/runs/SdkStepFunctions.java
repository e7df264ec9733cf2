package io.kraftlift.cli.runs;

import io.kraftlift.access.account.AccountRefusals;
import io.kraftlift.access.aws.Patience;
import io.kraftlift.access.aws.Refusal;
import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.SfnClientBuilder;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Step Functions through the AWS SDK, in AWS or on loopback. */
public final class SdkStepFunctions implements StepFunctions {
    /** Who does not answer there at once is gone. */
    private static final Patience ON_LOOPBACK =
            new Patience(3, Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMillis(100));

    private final SfnClient client;

    private SdkStepFunctions(SfnClient client) {
        this.client = client;
    }

    /** Opens a client. */
    public static StepFunctions open(StatesEndpoint endpoint) {
        return new SdkStepFunctions(client(endpoint));
    }

    /**
     * A client. An embedded run on loopback checks no signatures, so it gets credentials that are none; anywhere else the
     * session's are used.
     */
    static SfnClient client(StatesEndpoint endpoint) {
        SfnClientBuilder builder = endpoint.session()
                .apply(SfnClient.builder(), endpoint.isEmbedded() ? ON_LOOPBACK : Patience.FOR_QUESTIONS)
                .httpClientBuilder(Apache5HttpClient.builder());
        endpoint.uri().ifPresent(builder::endpointOverride);
        if (endpoint.isEmbedded()) {
            builder.region(Region.US_EAST_1)
                    .credentialsProvider(
                            StaticCredentialsProvider.create(AwsBasicCredentials.create("embedded", "embedded")));
        }
        try {
            return builder.build();
        } catch (SdkClientException e) {
            throw AccountRefusals.unanswered("Step Functions must be asked", e);
        }
    }

    @Override
    public boolean sendTaskSuccess(String token, String output) {
        try {
            client.sendTaskSuccess(request -> request.taskToken(token).output(output));
            return true;
        } catch (TaskDoesNotExistException | TaskTimedOutException | InvalidTokenException e) {
            return false;
        } catch (SdkException e) {
            throw failure("take the decision", "states:SendTaskSuccess", e);
        }
    }

    @Override
    public void stopExecution(String executionArn, String error, String cause) {
        try {
            client.stopExecution(
                    request -> request.executionArn(executionArn).error(error).cause(cause));
        } catch (SdkException e) {
            throw failure("stop the execution " + executionArn, "states:StopExecution", e);
        }
    }

    @Override
    public Optional<String> redriveExecution(String executionArn) {
        try {
            client.redriveExecution(request -> request.executionArn(executionArn));
            return Optional.empty();
        } catch (ExecutionNotRedrivableException | ExecutionDoesNotExistException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (SdkException e) {
            throw failure("redrive the execution " + executionArn, "states:RedriveExecution", e);
        }
    }

    @Override
    public Optional<ExecutionState> describe(String executionArn) {
        try {
            DescribeExecutionResponse answer = client.describeExecution(request -> request.executionArn(executionArn));
            return Optional.of(new ExecutionState(
                    answer.statusAsString(),
                    answer.startDate(),
                    Optional.ofNullable(answer.stopDate()),
                    Optional.ofNullable(answer.cause())));
        } catch (ExecutionDoesNotExistException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw failure("show the execution " + executionArn, "states:DescribeExecution", e);
        }
    }

    @Override
    public String startExecution(String stateMachineArn, String name, String input) {
        try {
            return client.startExecution(request ->
                            request.stateMachineArn(stateMachineArn).name(name).input(input))
                    .executionArn();
        } catch (ExecutionAlreadyExistsException e) {
            throw new CommandFailure(
                    ExitCode.OPERATOR_ACTION_NEEDED,
                    "the execution " + name + " must be new or run with the same input, but it has ended or was started"
                            + " with another; look at it with kraftlift status, let it go on where it stopped, or give"
                            + " another --name",
                    e);
        } catch (StateMachineDoesNotExistException e) {
            throw new CommandFailure(
                    ExitCode.NOTHING_THERE,
                    "the state machine " + stateMachineArn + " must exist, does not; deploy the stack again",
                    e);
        } catch (SdkException e) {
            throw failure("start the execution " + name, "states:StartExecution", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /**
     * What to say of a failure. Nothing of the request goes into it, which may have had a token.
     *
     * @param task what was asked for
     * @param action the permission that it needs
     */
    static RuntimeException failure(String task, String action, SdkException e) {
        String what = "Step Functions must " + task;
        if (e instanceof AwsServiceException answer) {
            return AccountRefusals.answered(what, Refusal.of(answer), action);
        }
        if (e instanceof SdkClientException silence) {
            return AccountRefusals.unanswered(what, silence);
        }
        return e;
    }
}
