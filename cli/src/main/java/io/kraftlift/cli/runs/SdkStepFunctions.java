package io.kraftlift.cli.runs;

import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.SfnClientBuilder;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Step Functions through the AWS SDK, in AWS or on loopback. */
public final class SdkStepFunctions implements StepFunctions {
    private final SfnClient client;

    private SdkStepFunctions(SfnClient client) {
        this.client = client;
    }

    /**
     * Opens a client. An embedded run on loopback checks no signatures, so it gets credentials that are none; anywhere
     * else the usual chains of credentials and region are asked.
     */
    public static StepFunctions open(Optional<URI> endpoint) {
        SfnClientBuilder builder = SfnClient.builder().httpClientBuilder(Apache5HttpClient.builder());
        endpoint.ifPresent(builder::endpointOverride);
        if (endpoint.filter(SdkStepFunctions::isLoopback).isPresent()) {
            builder.region(Region.US_EAST_1)
                    .credentialsProvider(
                            StaticCredentialsProvider.create(AwsBasicCredentials.create("embedded", "embedded")));
        }
        try {
            return new SdkStepFunctions(builder.build());
        } catch (SdkClientException e) {
            throw new CommandFailure(
                    ExitCode.OPERATOR_ACTION_NEEDED,
                    "Step Functions cannot be asked (" + e.getMessage() + "); set AWS_REGION and credentials",
                    e);
        }
    }

    private static boolean isLoopback(URI endpoint) {
        String host = String.valueOf(endpoint.getHost());
        return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
    }

    @Override
    public boolean sendTaskSuccess(String token, String output) {
        try {
            client.sendTaskSuccess(request -> request.taskToken(token).output(output));
            return true;
        } catch (TaskDoesNotExistException | TaskTimedOutException | InvalidTokenException e) {
            return false;
        } catch (SdkException e) {
            throw unreachable(e);
        }
    }

    @Override
    public String startExecution(String stateMachineArn, String name, String input) {
        try {
            return client.startExecution(request ->
                            request.stateMachineArn(stateMachineArn).name(name).input(input))
                    .executionArn();
        } catch (SdkException e) {
            throw unreachable(e);
        }
    }

    @Override
    public void stopExecution(String executionArn, String error, String cause) {
        try {
            client.stopExecution(
                    request -> request.executionArn(executionArn).error(error).cause(cause));
        } catch (SdkException e) {
            throw unreachable(e);
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
            throw unreachable(e);
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
            throw unreachable(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static CommandFailure unreachable(SdkException e) {
        return new CommandFailure(
                e instanceof SdkClientException || e.retryable() ? ExitCode.TRY_AGAIN : ExitCode.OPERATOR_ACTION_NEEDED,
                "Step Functions did not do it (" + e.getMessage() + "); is the run still up, and the endpoint right?",
                e);
    }
}
