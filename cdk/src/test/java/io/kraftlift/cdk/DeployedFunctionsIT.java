package io.kraftlift.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.core.metrics.MetricName;
import io.kraftlift.statemachine.FunctionName;
import io.kraftlift.statemachine.FunctionRuntime;
import io.kraftlift.statemachine.Gate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The functions, workers and stores of the template. */
class DeployedFunctionsIT {
    /** Those that read and write objects and nothing else. */
    private static final Set<FunctionName> OUTSIDE_THE_VPC = EnumSet.of(
            FunctionName.CLAIM_RUN,
            FunctionName.OPEN_GATE,
            FunctionName.AWAIT_DRAINED,
            FunctionName.RECORD_DECISION,
            FunctionName.SEAL_HISTORY);

    private final Synthesis stack = Synthesis.typical();

    @ParameterizedTest
    @EnumSource(FunctionName.class)
    void runOnJava25OnArmWithTheirHandlerAndARoleOfTheirOwn(FunctionName function) {
        JsonNode deployed = deployed(function);

        assertThat(deployed.path("Runtime").asText()).isEqualTo("java25");
        assertThat(deployed.path("Architectures").path(0).asText()).isEqualTo("arm64");
        assertThat(deployed.path("Handler").asText()).isEqualTo(FunctionRuntime.handlerOf(function));
        assertThat(deployed.path("LoggingConfig").path("LogFormat").asText()).isEqualTo("JSON");
        assertThat(stack.resources("AWS::Lambda::Function").values().stream()
                        .filter(other -> other.path("Properties").path("Role").equals(deployed.path("Role"))))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(FunctionName.class)
    void standInTheVpcOnlyWhereTheyTalkToBrokersOrToTheWebhook(FunctionName function) {
        assertThat(deployed(function).has("VpcConfig")).isEqualTo(!OUTSIDE_THE_VPC.contains(function));
    }

    @ParameterizedTest
    @EnumSource(FunctionName.class)
    void readNoTokens(FunctionName function) {
        List<Pattern> readable =
                stack
                        .statementsOf(deployed(function)
                                .path("Role")
                                .path("Fn::GetAtt")
                                .path(0)
                                .asText())
                        .stream()
                        .filter(statement -> statement.path("Action").toString().contains("s3:Get"))
                        .flatMap(statement -> Synthesis.stream(statement.path("Resource")))
                        .map(resource ->
                                resource.path("Fn::Join").path(1).path(1).asText())
                        .map(DeployedFunctionsIT::asIamReadsIt)
                        .toList();

        assertThat(readable)
                .anyMatch(pattern -> pattern.matcher("/orders/plan/lanes.json").matches());
        for (Gate gate : Gate.values()) {
            assertThat(readable)
                    .noneMatch(pattern -> pattern.matcher("/orders/gates/" + gate.objectName() + ".json")
                            .matches());
        }
    }

    private static Pattern asIamReadsIt(String pattern) {
        return Pattern.compile(
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    @Test
    void countForTheirDeployment() {
        assertThat(stack.resources("AWS::Lambda::Function").values())
                .hasSize(FunctionName.values().length)
                .allMatch(function -> function.path("Properties")
                        .path("Environment")
                        .path("Variables")
                        .path(MetricName.DEPLOYMENT_VARIABLE)
                        .asText()
                        .equals(Synthesis.QUALIFIER));
        assertThat(stack.resources("AWS::ECS::TaskDefinition").values())
                .singleElement()
                .satisfies(task -> assertThat(task.path("Properties")
                                .path("ContainerDefinitions")
                                .path(0)
                                .path("Environment")
                                .toString())
                        .isEqualTo("[{\"Name\":\"" + MetricName.DEPLOYMENT_VARIABLE + "\",\"Value\":\""
                                + Synthesis.QUALIFIER + "\"}]"));
    }

    /** The look at the lag extends plan and topology, so it needs what these do. */
    @Test
    void letTheLookAtTheLagTakeInWhatCameToTheSource() {
        List<JsonNode> statements = stack.statementsOf(deployed(FunctionName.DRAIN_STATUS)
                .path("Role")
                .path("Fn::GetAtt")
                .path(0)
                .asText());

        assertThat(statements)
                .anyMatch(statement -> statement.path("Action").toString().contains("s3:PutObject")
                        && statement.path("Resource").toString().contains("/*/plan/*.json"))
                .anyMatch(statement -> statement.path("Action").toString().contains("kafka-cluster:CreateTopic")
                        && statement.path("Resource").toString().contains("orders-kraft"));
    }

    @Test
    void letOnlyTheApproverReadTokens() {
        JsonNode deny = stack.resources("AWS::S3::BucketPolicy").values().stream()
                .flatMap(policy -> Synthesis.stream(
                        policy.path("Properties").path("PolicyDocument").path("Statement")))
                .filter(statement -> statement.path("Sid").asText().equals("OnlyTheApproverReadsTokens"))
                .findFirst()
                .orElseThrow();

        assertThat(deny.path("Effect").asText()).isEqualTo("Deny");
        assertThat(deny.path("Resource").toString()).contains("/*/gates/cutover.json", "/*/gates/client-switch.json");
        assertThat(deny.path("Condition")
                        .path("ArnNotEquals")
                        .path("aws:PrincipalArn")
                        .toString())
                .contains("Approver");
    }

    /** The commands ask for the stack by its name, which CloudFormation checks as {@code stack/NAME/*}. */
    @Test
    void letTheApproverFindTheStackByItsName() {
        String role = stack.resources("AWS::IAM::Role").entrySet().stream()
                .filter(entry -> entry.getValue()
                        .path("Properties")
                        .path("RoleName")
                        .asText()
                        .equals("kraftlift-orders-approver"))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();

        assertThat(stack.statementsOf(role))
                .anyMatch(statement -> statement.path("Action").asText().equals("cloudformation:DescribeStacks")
                        && statement.path("Resource").toString().contains(":stack/kraftlift-orders/*"));
    }

    @Test
    void keepEvidenceUnderALockAndBothBucketsWhenTheStackGoes() {
        JsonNode evidence = stack.resources("AWS::S3::Bucket").values().stream()
                .filter(bucket ->
                        bucket.path("Properties").path("ObjectLockEnabled").asBoolean())
                .findFirst()
                .orElseThrow();

        assertThat(evidence.path("Properties")
                        .path("ObjectLockConfiguration")
                        .path("Rule")
                        .path("DefaultRetention")
                        .path("Days")
                        .asInt())
                .isEqualTo(2557);
        assertThat(stack.resources("AWS::S3::Bucket").values())
                .hasSize(3)
                .allMatch(bucket -> bucket.path("DeletionPolicy").asText().equals("Retain"));
    }

    @Test
    void runWorkersWithoutRootAndWithTimeToEnd() {
        JsonNode container = stack.resources("AWS::ECS::TaskDefinition").values().stream()
                .findFirst()
                .orElseThrow()
                .path("Properties")
                .path("ContainerDefinitions")
                .path(0);

        assertThat(container.path("User").asText()).isEqualTo("10001:10001");
        assertThat(container.path("ReadonlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.path("StopTimeout").asInt()).isEqualTo(120);
        assertThat(container
                        .path("LinuxParameters")
                        .path("Capabilities")
                        .path("Drop")
                        .toString())
                .contains("ALL");
    }

    private JsonNode deployed(FunctionName function) {
        return stack.only(
                        "AWS::Lambda::Function",
                        "FunctionName",
                        "kraftlift-" + Synthesis.QUALIFIER + "-" + function.camelCase())
                .path("Properties");
    }
}
