package io.kraftlift.local.states;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** A server with fake work and manual time, and the service's real client pointed at it. */
final class LocalStates implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    final FakeWork work = new FakeWork();
    final ManualTime time = new ManualTime();
    final StatesServer server;
    final SfnClient client;

    LocalStates() {
        this(ExecutionListener.SILENT);
    }

    LocalStates(ExecutionListener listener) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
        try {
            server = StatesServer.builder()
                    .integration(FakeWork.RESOURCE, work)
                    .clock(time)
                    .sleeper(time)
                    .random(random)
                    .listener(listener)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client = client(server.endpoint());
    }

    static SfnClient client(URI endpoint) {
        return SfnClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** A machine of these states, which begins with the given one. */
    static String machine(String startAt, String states) {
        return "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"" + startAt + "\",\"States\":{" + states + "}}";
    }

    /** Creates the machine and starts an execution of it, both by the wire; gives the execution's ARN. */
    String start(String name, String definition, String input) {
        String machine = client.createStateMachine(
                        r -> r.name(name).definition(definition).roleArn("arn:aws:iam::000000000000:role/any"))
                .stateMachineArn();
        return client.startExecution(r -> r.stateMachineArn(machine).name("run").input(input))
                .executionArn();
    }

    /** Waits until the execution and all of its work have ended. */
    DescribeExecutionResponse end(String execution) {
        try {
            server.await(ExecutionArn.parse(execution), LIMIT);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("the execution does not end; history " + types(execution), e);
        }
        return client.describeExecution(r -> r.executionArn(execution));
    }

    /** Runs a machine to its end. */
    DescribeExecutionResponse run(String name, String definition, String input) {
        return end(start(name, definition, input));
    }

    /** Runs a machine to its success and gives its output. */
    JsonNode output(String name, String definition, String input) {
        DescribeExecutionResponse end = run(name, definition, input);
        if (end.status() != ExecutionStatus.SUCCEEDED) {
            throw new AssertionError("ended " + end.status() + " with " + end.error() + ": " + end.cause());
        }
        return json(end.output());
    }

    void awaitCall(String state) {
        await("the work of " + state).atMost(LIMIT).until(() -> work.calls().contains(state));
    }

    List<HistoryEvent> history(String execution) {
        return client.getExecutionHistoryPaginator(r -> r.executionArn(execution)).events().stream()
                .toList();
    }

    List<String> types(String execution) {
        return history(execution).stream().map(HistoryEvent::typeAsString).toList();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
