package io.kraftlift.lambdas.sealhistory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.signing.EvidenceFile;
import io.kraftlift.access.signing.EvidenceVerifier;
import io.kraftlift.core.evidence.SignedEvidence;
import io.kraftlift.core.evidence.VerificationResult.GenuineHistory;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.lambdas.ClusterRuns;
import io.kraftlift.statemachine.payloads.SafetyNetRequest;
import io.kraftlift.statemachine.payloads.SealHistoryResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

/** What is asked of Step Functions by the SDK's own client, and what of the answer is sealed. */
class SealHistoryTest {
    private static final String EXECUTION = "arn:aws:states:eu-west-1:1:execution:kraftlift-orders-migration:night-1";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server = server();
    private final MigrationRun run;
    private volatile int redrives;

    SealHistoryTest(@TempDir Path directory) {
        run = new ClusterRuns(directory, "localhost:1", "localhost:2").over("m", "a");
    }

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
        run.write(run.objects().lease(), Map.of("owner", EXECUTION));
    }

    @AfterEach
    void stop() {
        server.stop(0);
        run.close();
    }

    @Test
    void signsEveryPageOfTheHistoryAndNoInputOrOutput() throws IOException {
        SealHistoryResult result = seal(EXECUTION);

        assertThat(result.events()).isEqualTo(3);
        JsonNode bundle = sealed("history-night-1.json");
        assertThat(bundle.path("migration_id").asText()).isEqualTo("m");
        assertThat(bundle.path("execution").asText()).isEqualTo(EXECUTION);
        assertThat(bundle.path("state_machine_version").asText()).endsWith(":7");
        assertThat(bundle.path("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(bundle.path("events").findValuesAsText("state")).containsExactly("Claim", "Claim");
        assertThat(bundle.path("events").findValuesAsText("type"))
                .containsExactly("ExecutionStarted", "TaskStateEntered", "TaskStateExited");
        assertThat(asked)
                .filteredOn(request -> request.contains("GetExecutionHistory"))
                .hasSize(2)
                .allMatch(request -> request.contains("\"includeExecutionData\":false"));
        assertThat(asked)
                .anyMatch(request -> request.contains("DescribeExecution") && request.contains("METADATA_ONLY"));
        assertThat(bundle.toString()).doesNotContain("TOKEN-1");
        assertThat(EvidenceVerifier.verify(file("history-night-1.json"), null))
                .isInstanceOfSatisfying(
                        GenuineHistory.class,
                        history -> assertThat(history.execution()).isEqualTo(EXECUTION));
    }

    @Test
    void keepsTheFirstHistoryOfAnEndAndMakesAnotherOfARedrivesEnd() throws IOException {
        seal(EXECUTION);
        byte[] first = file("history-night-1.json");

        seal(EXECUTION);
        redrives = 1;
        seal(EXECUTION);

        assertThat(file("history-night-1.json")).isEqualTo(first);
        assertThat(sealed("history-night-1-redrive-1.json").path("redrives").asInt())
                .isEqualTo(1);
    }

    @Test
    void sealsNothingOfAnExecutionThatNeverHadTheMigration() {
        SealHistoryResult result = seal(EXECUTION + "-other");

        assertThat(result).isEqualTo(new SealHistoryResult(null, 0));
        assertThat(asked).isEmpty();
    }

    private SealHistoryResult seal(String execution) {
        try (SfnClient client = client()) {
            return new HistorySealing(run, new ExecutionHistory(client))
                    .seal(new SafetyNetRequest.Detail(execution, "SUCCEEDED", "{}"));
        }
    }

    private byte[] file(String name) {
        return run.evidence().get(run.objects().evidence(name)).orElseThrow().content();
    }

    /** The bundle, after a look at its digest. */
    private JsonNode sealed(String name) throws IOException {
        SignedEvidence evidence = EvidenceFile.parse(file(name));
        assertThat(evidence.bundleSha256())
                .isEqualTo(Sha256.of(evidence.bundleJson().getBytes(UTF_8)));
        return Documents.mapper().readTree(evidence.bundleJson());
    }

    private SfnClient client() {
        return SfnClient.builder()
                .httpClientBuilder(Apache5HttpClient.builder())
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
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
            String request = exchange.getRequestHeaders().getFirst("X-Amz-Target") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            asked.add(request);
            byte[] body = answerTo(request).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String answerTo(String request) {
        if (request.contains("DescribeExecution")) {
            return """
                    {"executionArn":"%s","stateMachineArn":"arn:machine","stateMachineVersionArn":"arn:machine:7",
                     "status":"SUCCEEDED","redriveCount":%d,"startDate":1000,"stopDate":2000}""".formatted(EXECUTION, redrives);
        }
        if (request.contains("next-page")) {
            return """
                    {"events":[{"id":3,"previousEventId":2,"timestamp":1002,"type":"TaskStateExited",
                      "stateExitedEventDetails":{"name":"Claim","output":"{\\"token\\":\\"TOKEN-1\\"}"}}]}""";
        }
        return """
                {"nextToken":"next-page","events":[
                  {"id":1,"previousEventId":0,"timestamp":1000,"type":"ExecutionStarted"},
                  {"id":2,"previousEventId":1,"timestamp":1001,"type":"TaskStateEntered",
                   "stateEnteredEventDetails":{"name":"Claim","input":"{\\"token\\":\\"TOKEN-1\\"}"}}]}""";
    }
}
