package io.kraftlift.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kraftlift.access.aws.AwsSession;
import io.kraftlift.cli.runs.StepFunctions.ExecutionState;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SdkStepFunctionsTest {
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server = server();
    private volatile int status = 200;
    private volatile String answer = "{}";

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void sendsTokenAndOutput() {
        try (StepFunctions functions = open()) {
            assertThat(functions.sendTaskSuccess("a-token", "{\"decision\":\"APPROVE\"}"))
                    .isTrue();
        }

        assertThat(requests)
                .containsExactly("AWSStepFunctions.SendTaskSuccess {\"taskToken\":\"a-token\","
                        + "\"output\":\"{\\\"decision\\\":\\\"APPROVE\\\"}\"}");
    }

    @Test
    void saysThatATaskDoesNotWaitAnyMore() {
        status = 400;
        answer = "{\"__type\":\"TaskTimedOut\",\"message\":\"gone\"}";

        try (StepFunctions functions = open()) {
            assertThat(functions.sendTaskSuccess("a-token", "{}")).isFalse();
        }
    }

    @Test
    void readsAnExecutionsState() {
        answer = "{\"status\":\"FAILED\",\"startDate\":1000.5,\"stopDate\":2000,\"cause\":\"a lane died\"}";

        try (StepFunctions functions = open()) {
            assertThat(functions.describe("arn:execution"))
                    .contains(new ExecutionState(
                            "FAILED",
                            Instant.ofEpochMilli(1_000_500),
                            Optional.of(Instant.ofEpochSecond(2_000)),
                            Optional.of("a lane died")));
        }
    }

    @Test
    void startsAnExecutionByNameAndInput() {
        answer = "{\"executionArn\":\"arn:execution\",\"startDate\":1000.5}";

        try (StepFunctions functions = open()) {
            assertThat(functions.startExecution("arn:machine:live", "night-1", "{}"))
                    .isEqualTo("arn:execution");
        }
        assertThat(requests)
                .containsExactly("AWSStepFunctions.StartExecution {\"stateMachineArn\":\"arn:machine:live\","
                        + "\"name\":\"night-1\",\"input\":\"{}\"}");
    }

    @Test
    void saysWhichRightIsMissingAndWhoseCredentialsAreOver() {
        status = 400;
        answer = "{\"__type\":\"AccessDeniedException\",\"message\":\"User: arn:mara is not authorized to perform:"
                + " states:DescribeExecution on resource: arn:execution\"}";
        try (StepFunctions functions = open()) {
            assertThatThrownBy(() -> functions.describe("arn:execution"))
                    .isInstanceOf(OperatorActionNeeded.class)
                    .hasMessageContaining("Step Functions must show the execution arn:execution, was refused (400")
                    .hasMessageEndingWith(
                            "; allow states:DescribeExecution to whom \"aws sts get-caller-identity\" names,"
                                    + " or give another --profile");
        }

        answer = "{\"__type\":\"ExpiredTokenException\",\"message\":\"over\"}";
        try (StepFunctions functions = open()) {
            assertThatThrownBy(() -> functions.sendTaskSuccess("a-token", "{}"))
                    .isInstanceOf(OperatorActionNeeded.class)
                    .hasMessageContaining("the credentials are expired or wrong: sign in again")
                    .hasMessageNotContaining("a-token");
        }
    }

    @Test
    void findsNoExecution() {
        status = 400;
        answer = "{\"__type\":\"ExecutionDoesNotExist\",\"message\":\"none\"}";

        try (StepFunctions functions = open()) {
            assertThat(functions.describe("arn:execution")).isEmpty();
        }
    }

    @Test
    void failsWithTryAgainWhereNobodyListens() {
        URI nobody = address();
        server.stop(0);

        try (StepFunctions functions = SdkStepFunctions.open(at(nobody))) {
            TryAgain failure = catchThrowableOfType(TryAgain.class, () -> functions.sendTaskSuccess("a-token", "{}"));

            assertThat(failure.getMessage()).doesNotContain("a-token");
        }
    }

    private StepFunctions open() {
        return SdkStepFunctions.open(at(address()));
    }

    private static StatesEndpoint at(URI uri) {
        return new StatesEndpoint(Optional.of(uri), AwsSession.BY_DEFAULT_CHAINS);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError("loopback must be there", e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestHeaders().getFirst("X-Amz-Target") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
