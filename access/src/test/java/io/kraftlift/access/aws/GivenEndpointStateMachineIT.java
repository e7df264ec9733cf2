package io.kraftlift.access.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.json.Documents;
import io.kraftlift.statemachine.DefinitionFile;
import io.kraftlift.statemachine.FunctionName;
import io.kraftlift.statemachine.Substitution;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResultCode;

/** The definitions, at a server that looks at them before it takes them, and that runs them. */
@ExtendWith(GivenAwsEndpoint.class)
class GivenEndpointStateMachineIT {
    private static final String ROLE = "arn:aws:iam::000000000000:role/kraftlift";
    private static final Duration RUN = Duration.ofMinutes(2);
    private static final String REFERENCE = "{\"uri\":\"file:///x\",\"sha256\":\"" + "a".repeat(64) + "\"}";

    private final SfnClient client;

    GivenEndpointStateMachineIT(AwsEndpoint endpoint) {
        this.client = SfnClient.builder()
                .httpClientBuilder(Apache5HttpClient.builder())
                .endpointOverride(endpoint.uri())
                .region(AwsEndpoint.REGION)
                .credentialsProvider(AwsEndpoint.credentials())
                .build();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @EnumSource(DefinitionFile.class)
    void passesTheServersValidation(DefinitionFile file) {
        var answer = client.validateStateMachineDefinition(request -> request.definition(file.bind(values())));

        assertThat(answer.diagnostics()).isEmpty();
        assertThat(answer.result()).isEqualTo(ValidateStateMachineDefinitionResultCode.OK);
    }

    @ParameterizedTest
    @EnumSource(DefinitionFile.class)
    void isTakenAndStarted(DefinitionFile file) {
        String machine = create("kraftlift-" + UUID.randomUUID(), file);

        String execution = client.startExecution(request -> request.stateMachineArn(machine)
                        .input("{\"run\":{\"migration\":\"orders\"},\"poll_seconds\":1,"
                                + "\"look_at\":\"2026-03-04T05:06:07Z\"}"))
                .executionArn();

        assertThat(client.describeExecution(request -> request.executionArn(execution))
                        .stateMachineArn())
                .isEqualTo(machine);
    }

    @Test
    void migratesFromTheFirstStateToTheLast() throws IOException {
        Ended ended = run(MockedTasks.MIGRATES);

        assertThat(ended.output().path("phase").asText()).isEqualTo("finalized");
        assertThat(ended.states())
                .startsWith("ClaimRun")
                .containsSubsequence(
                        "Plan", "Precheck", "CopyTopology", "SeedLane", "TailLane", "Validate", "SealEvidence")
                .containsSubsequence(
                        "AwaitDrainReady",
                        "AwaitCutoverApproval",
                        "RecordCutoverApproval",
                        "Rehearse",
                        "GuardFreeze",
                        "FreezeProducers",
                        "PublishSentinels",
                        "AwaitDrained",
                        "TranslateOffsets",
                        "VerifyOffsetFloor",
                        "AwaitClientSwitch",
                        "RecordAcknowledgement",
                        "Validate")
                .contains("ResyncGroups")
                .doesNotContain("Unfreeze", "Rollback", "DigestLane")
                .endsWith("Finalized");
    }

    @Test
    void letsProducersGoOnAfterARefusedFreezeAsksAgainAndRollsBack() throws IOException {
        Ended ended = run(MockedTasks.GIVES_UP);

        assertThat(ended.states())
                .containsSubsequence(
                        "AwaitCutoverApproval",
                        "FreezeProducers",
                        "Unfreeze",
                        "AwaitDrainReady",
                        "AwaitCutoverApproval",
                        "Rollback",
                        "RolledBack")
                .doesNotContain("PublishSentinels", "Validate")
                .endsWith("RolledBack");
    }

    /** @param states in the order in which they were entered */
    private record Ended(JsonNode output, List<String> states) {}

    private Ended run(String testCase) throws IOException {
        String machine = create(MockedTasks.MACHINE, DefinitionFile.MIGRATION);
        try {
            String execution = client.startExecution(request -> request.stateMachineArn(machine + "#" + testCase)
                            .input("{\"mode\":\"MIGRATE\",\"run\":{\"migration\":\"m1\",\"config\":" + REFERENCE
                                    + "}}"))
                    .executionArn();
            await("the end of " + execution)
                    .atMost(RUN)
                    .until(() -> describe(execution).status() != ExecutionStatus.RUNNING);
            DescribeExecutionResponse end = describe(execution);
            assumeFalse(
                    String.valueOf(end.error()).equals("Lambda.ResourceNotFoundException"),
                    "skipped: this server mocks no tasks; LocalStack does when it is started with SFN_MOCK_CONFIG="
                            + MockedTasks.FILE);
            assertThat(end.status()).as(end.toString()).isEqualTo(ExecutionStatus.SUCCEEDED);
            List<String> states =
                    client.getExecutionHistoryPaginator(request -> request.executionArn(execution)).events().stream()
                            .filter(event -> event.stateEnteredEventDetails() != null)
                            .map(GivenEndpointStateMachineIT::entered)
                            .toList();
            return new Ended(Documents.mapper().readTree(end.output()), states);
        } finally {
            client.deleteStateMachine(request -> request.stateMachineArn(machine));
        }
    }

    private static String entered(HistoryEvent event) {
        return event.stateEnteredEventDetails().name();
    }

    private DescribeExecutionResponse describe(String execution) {
        return client.describeExecution(request -> request.executionArn(execution));
    }

    private String create(String name, DefinitionFile file) {
        return client.createStateMachine(request ->
                        request.name(name).definition(file.bind(values())).roleArn(ROLE))
                .stateMachineArn();
    }

    /** Functions and tasks that are not there: what is started without mocks fails at its first state. */
    private static Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        for (FunctionName function : FunctionName.values()) {
            values.put(
                    function.substitution(),
                    "arn:aws:lambda:us-east-1:000000000000:function:" + function.camelCase() + ":1");
        }
        values.put(Substitution.DRAIN_POLLER.key(), "arn:aws:states:us-east-1:000000000000:stateMachine:drain-poller");
        values.put(Substitution.FREEZE_GUARD.key(), "arn:aws:states:us-east-1:000000000000:stateMachine:freeze-guard");
        values.put(Substitution.WORKER_CLUSTER.key(), "arn:aws:ecs:us-east-1:000000000000:cluster/kraftlift");
        values.put(
                Substitution.WORKER_TASK_DEFINITION.key(),
                "arn:aws:ecs:us-east-1:000000000000:task-definition/replicator:1");
        values.put(Substitution.WORKER_SUBNETS.key(), "subnet-1,subnet-2");
        values.put(Substitution.WORKER_SECURITY_GROUPS.key(), "sg-1");
        return values;
    }
}
