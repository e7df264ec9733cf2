package io.kraftlift.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.json.Documents;
import io.kraftlift.cdk.watch.AlarmName;
import io.kraftlift.core.metrics.MetricName;
import io.kraftlift.statemachine.FunctionName;
import io.kraftlift.statemachine.payloads.ExecutionInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Alarms, notices, the safety net's rule, and the outputs. */
class DeployedWatchIT {
    /** What AWS counts by itself, as its documentation names it, for the resources that the stack has. */
    private static final Map<String, Set<String>> COUNTED_BY_AWS = Map.of(
            "AWS/States", Set.of("ExecutionsFailed", "ExecutionsAborted", "ExecutionsTimedOut"),
            "AWS/Lambda", Set.of("Errors", "Throttles"),
            "AWS/SQS", Set.of("ApproximateNumberOfMessagesVisible"));

    private final Synthesis stack = Synthesis.typical();

    @Test
    void raisesEveryAlarmAndTellsWhereItIsExplained() {
        List<JsonNode> alarms = stack.resources("AWS::CloudWatch::Alarm").values().stream()
                .map(alarm -> alarm.path("Properties"))
                .toList();

        assertThat(alarms.stream().map(alarm -> alarm.path("AlarmName").asText()))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(AlarmName.values())
                        .map(alarm -> "kraftlift-" + Synthesis.QUALIFIER + "-" + alarm.key())
                        .toList());
        assertThat(alarms)
                .allMatch(alarm -> alarm.path("AlarmDescription").asText().contains("docs/runbook.md#"))
                .allMatch(alarm -> alarm.path("AlarmActions").size() == 1);
    }

    @Test
    void countsWhatAwsOrAFilterOfThisStackCounts() {
        List<String> filtered = stack.resources("AWS::Logs::MetricFilter").values().stream()
                .map(filter ->
                        filter.path("Properties").path("MetricTransformations").path(0))
                .map(metric -> metric.path("MetricNamespace").asText() + " "
                        + metric.path("MetricName").asText())
                .toList();

        List<JsonNode> metrics = new ArrayList<>();
        stack.resources("AWS::CloudWatch::Alarm").values().forEach(alarm -> {
            JsonNode properties = alarm.path("Properties");
            if (properties.has("MetricName")) {
                metrics.add(properties);
            }
            properties.path("Metrics").forEach(metric -> {
                if (metric.has("MetricStat")) {
                    metrics.add(metric.path("MetricStat").path("Metric"));
                }
            });
        });

        assertThat(metrics)
                .hasSizeGreaterThanOrEqualTo(AlarmName.values().length)
                .allSatisfy(metric -> {
                    String namespace = metric.path("Namespace").asText();
                    String name = metric.path("MetricName").asText();
                    assertThat(COUNTED_BY_AWS.getOrDefault(namespace, Set.of()).contains(name)
                                    || filtered.contains(namespace + " " + name)
                                    || isOurs(metric))
                            .as(namespace + " " + name)
                            .isTrue();
                });
    }

    private static boolean isOurs(JsonNode metric) {
        return metric.path("Namespace").asText().equals(MetricName.NAMESPACE)
                && Arrays.stream(MetricName.values())
                        .anyMatch(name ->
                                name.key().equals(metric.path("MetricName").asText()))
                && metric.path("Dimensions")
                        .toString()
                        .equals("[{\"Name\":\"Deployment\",\"Value\":\"" + Synthesis.QUALIFIER + "\"}]");
    }

    /** Of every metric that is named here, there is code that counts it; and nothing is counted that nobody looks at. */
    @ParameterizedTest
    @EnumSource(MetricName.class)
    void looksAtEveryMetricThatIsCounted(MetricName metric) throws IOException {
        String shown = stack.template().path("Resources").toString();
        List<Path> counting = new ArrayList<>();
        for (String module : List.of("access", "fargate-replicator", "lambdas")) {
            try (Stream<Path> sources = Files.walk(Synthesis.HOME.resolve(module + "/src/main/java"))) {
                for (Path source : sources.filter(file -> file.toString().endsWith(".java"))
                        .toList()) {
                    if (Files.readString(source).contains("MetricName." + metric.name())) {
                        counting.add(source);
                    }
                }
            }
        }

        assertThat(counting).isNotEmpty();
        assertThat(shown).contains(metric.key());
    }

    @Test
    void tellsTheFunctionThatSealsHistoriesOfEveryEnd() {
        JsonNode rule = stack.only("AWS::Events::Rule", "Name", "kraftlift-orders-seal-history")
                .path("Properties");
        String role = stack.only(
                        "AWS::Lambda::Function",
                        "FunctionName",
                        "kraftlift-orders-" + FunctionName.SEAL_HISTORY.camelCase())
                .path("Properties")
                .path("Role")
                .path("Fn::GetAtt")
                .path(0)
                .asText();

        assertThat(rule.path("EventPattern").path("detail").path("status").toString())
                .isEqualTo("[\"SUCCEEDED\",\"FAILED\",\"TIMED_OUT\",\"ABORTED\"]");
        assertThat(rule.path("Targets").path(0).path("DeadLetterConfig").toString())
                .contains("Unsealed");
        assertThat(stack.only(
                                "AWS::CloudWatch::Alarm",
                                "AlarmName",
                                "kraftlift-orders-" + AlarmName.HISTORY_NOT_SEALED.key())
                        .path("Properties")
                        .path("Metrics")
                        .toString())
                .contains("Unsealed", "\"Errors\"");
        assertThat(stack.statementsOf(role))
                .anyMatch(statement -> statement.path("Action").toString().contains("states:GetExecutionHistory")
                        && statement.path("Resource").toString().contains(":execution:kraftlift-orders-migration:*"))
                .anyMatch(statement -> statement.path("Action").toString().contains("s3:PutObjectRetention")
                        && statement.path("Resource").toString().contains("/*/history-*.json"));
    }

    @Test
    void tellsTheSafetyNetOfEveryEndThatCannotBeCaught() {
        JsonNode rule = stack.only("AWS::Events::Rule", "Name", "kraftlift-orders-safety-net")
                .path("Properties");
        JsonNode target = rule.path("Targets").path(0);

        assertThat(rule.path("EventPattern").path("detail").path("status").toString())
                .isEqualTo("[\"FAILED\",\"TIMED_OUT\",\"ABORTED\"]");
        assertThat(stack.resource(target.path("Arn").path("Ref").asText())
                        .path("Properties")
                        .path("FunctionName")
                        .path("Ref")
                        .asText())
                .contains("FunctionsSafetyNet");
        assertThat(target.path("DeadLetterConfig").path("Arn").toString()).contains("Unheard");
        // The whole event is handed on: the function reads the execution's input from it.
        assertThat(target.has("InputTransformer") || target.has("Input") || target.has("InputPath"))
                .isFalse();
        assertThat(stack.only(
                                "AWS::Lambda::Function",
                                "FunctionName",
                                "kraftlift-orders-" + FunctionName.SAFETY_NET.camelCase())
                        .path("Properties")
                        .path("DeadLetterConfig")
                        .path("TargetArn")
                        .toString())
                .contains("Unheard");
    }

    /** What is set for a function is for {@code $LATEST}, and rules call a version. */
    @ParameterizedTest
    @EnumSource(
            value = FunctionName.class,
            names = {"SAFETY_NET", "SEAL_HISTORY"})
    void triesCallsThatNobodyWaitsForAgainInTheVersionThatIsCalled(FunctionName function) {
        String called = stack.resources("AWS::Events::Rule").values().stream()
                .map(rule -> rule.path("Properties")
                        .path("Targets")
                        .path(0)
                        .path("Arn")
                        .path("Ref")
                        .asText())
                .filter(arn -> arn.contains("Functions" + function.camelCase()))
                .findFirst()
                .orElseThrow();

        assertThat(stack.resources("AWS::Lambda::EventInvokeConfig").values())
                .hasSize(FunctionName.OUTSIDE_THE_DEFINITION.size())
                .anySatisfy(config -> {
                    JsonNode properties = config.path("Properties");
                    assertThat(properties.path("Qualifier").path("Fn::GetAtt").toString())
                            .isEqualTo("[\"" + called + "\",\"Version\"]");
                    assertThat(properties.path("MaximumRetryAttempts").asInt()).isEqualTo(2);
                    assertThat(properties.path("MaximumEventAgeInSeconds").asInt())
                            .isEqualTo(3_600);
                });
    }

    /** Of a topic that has a policy, that is who may publish there. */
    @Test
    void letsAlarmsAndRulesPublishWhatTheyTell() {
        String topic = "{\"Ref\":\""
                + stack.resources("AWS::SNS::Topic").keySet().iterator().next() + "\"}";
        List<JsonNode> statements = stack.resources("AWS::SNS::TopicPolicy").values().stream()
                .flatMap(policy -> Synthesis.stream(
                        policy.path("Properties").path("PolicyDocument").path("Statement")))
                .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .toList();

        assertThat(statements)
                .allSatisfy(statement ->
                        assertThat(statement.path("Resource").toString()).isEqualTo(topic))
                .anyMatch(statement ->
                        statement.path("Principal").path("Service").asText().equals("events.amazonaws.com"))
                .anySatisfy(statement -> {
                    assertThat(statement.path("Principal").path("Service").asText())
                            .isEqualTo("cloudwatch.amazonaws.com");
                    assertThat(statement
                                    .path("Condition")
                                    .path("ArnLike")
                                    .path("aws:SourceArn")
                                    .toString())
                            .endsWith("\":alarm:kraftlift-" + Synthesis.QUALIFIER + "-*\"]]}");
                });
        assertThat(stack.resources("AWS::CloudWatch::Alarm").values()).allSatisfy(alarm -> {
            JsonNode properties = alarm.path("Properties");
            assertThat(properties.path("AlarmActions").path(0).toString()).isEqualTo(topic);
            assertThat(properties.path("AlarmName").asText()).startsWith("kraftlift-" + Synthesis.QUALIFIER + "-");
        });
    }

    /** Whatever a rule cannot hand over is kept, and an alarm tells of it. */
    @Test
    void keepsWhatARuleCannotHandOverAndTellsOfIt() {
        String alarms = stack.resources("AWS::CloudWatch::Alarm").values().toString();

        stack.resources("AWS::Events::Rule").forEach((rule, resource) -> {
            JsonNode target = resource.path("Properties").path("Targets").path(0);
            JsonNode arn = target.path("DeadLetterConfig").path("Arn").path("Fn::GetAtt");
            String queue = arn.path(0).asText();
            assertThat(stack.resource(queue).path("Type").asText()).as(rule).isEqualTo("AWS::SQS::Queue");
            assertThat(target.path("RetryPolicy")
                            .path("MaximumEventAgeInSeconds")
                            .asInt())
                    .isEqualTo(3_600);
            assertThat(statementsOn(queue))
                    .anyMatch(statement -> statement.path("Effect").asText().equals("Allow")
                            && statement
                                    .path("Principal")
                                    .path("Service")
                                    .asText()
                                    .equals("events.amazonaws.com")
                            && statement.path("Condition").toString().contains("\"" + rule + "\""));
            assertThat(alarms).contains("{\"Fn::GetAtt\":[\"" + queue + "\",\"QueueName\"]}");
        });
    }

    @Test
    void encryptsEveryQueueAndReachesItByTlsOnly() {
        stack.resources("AWS::SQS::Queue").forEach((queue, resource) -> {
            JsonNode properties = resource.path("Properties");
            assertThat(properties.path("SqsManagedSseEnabled").asBoolean())
                    .as(queue)
                    .isTrue();
            assertThat(properties.path("MessageRetentionPeriod").asInt()).isEqualTo(14 * 24 * 3_600);
            assertThat(statementsOn(queue))
                    .anyMatch(statement -> statement.path("Effect").asText().equals("Deny")
                            && statement.path("Condition").toString().contains("aws:SecureTransport"));
        });
    }

    private List<JsonNode> statementsOn(String queue) {
        return stack.resources("AWS::SQS::QueuePolicy").values().stream()
                .map(policy -> policy.path("Properties"))
                .filter(policy -> policy.path("Queues").toString().equals("[{\"Ref\":\"" + queue + "\"}]"))
                .flatMap(
                        policy -> Synthesis.stream(policy.path("PolicyDocument").path("Statement")))
                .toList();
    }

    @Test
    void publishesNamesAndNeverContents() {
        List<JsonNode> transformers = stack.resources("AWS::Events::Rule").values().stream()
                .flatMap(rule -> Synthesis.stream(rule.path("Properties").path("Targets")))
                .filter(target -> target.has("InputTransformer"))
                .map(target -> target.path("InputTransformer").path("InputPathsMap"))
                .toList();

        assertThat(transformers)
                .hasSize(6)
                .allSatisfy(paths -> paths.forEach(path -> assertThat(path.asText())
                        .isIn("$.detail.name", "$.detail.status", "$.detail.bucket.name", "$.detail.object.key")));
    }

    @Test
    void hasOutputsThatStartAMigrationAsTheMachineReadsIt() {
        JsonNode start = stack.template().path("Outputs").path("AwsCli3Migrate").path("Value");
        StringBuilder command = new StringBuilder();
        start.path("Fn::Join").path(1).forEach(part -> command.append(part.isTextual() ? part.asText() : "resource"));
        String input = command.substring(command.indexOf("--input '") + 9, command.length() - 1)
                .replaceFirst("'\\$\\(sha256sum migration\\.yaml \\| cut -c1-64\\)'", "0".repeat(64))
                .replace("MIGRATION", "orders");

        ExecutionInput read =
                Documents.read(input.getBytes(StandardCharsets.UTF_8), ExecutionInput.class, "the output's input");

        assertThat(read.run().migration().value()).isEqualTo("orders");
        assertThat(read.run().config().uri().toString()).isEqualTo("s3://resource/config/migration.yaml");
        assertThat(command).startsWith("aws stepfunctions start-execution").contains("\"mode\":\"MIGRATE\"");
    }
}
