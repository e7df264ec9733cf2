package io.kraftlift.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.statemachine.DefinitionFile;
import io.kraftlift.statemachine.FunctionName;
import io.kraftlift.statemachine.Substitution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The definitions that the embedded run executes, walked state by state against what is deployed. */
class DefinitionAgainstTemplateIT {
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([A-Za-z0-9]+)}");
    private static final String INVOKE = "arn:aws:states:::lambda:invoke";
    private static final String INVOKE_AND_WAIT = "arn:aws:states:::lambda:invoke.waitForTaskToken";
    private static final String RUN_TASK = "arn:aws:states:::ecs:runTask.sync";
    private static final String START_AND_WAIT = "arn:aws:states:::states:startExecution.sync:2";
    private static final String START = "arn:aws:states:::states:startExecution";

    private final Synthesis stack = Synthesis.typical();

    @ParameterizedTest
    @EnumSource(DefinitionFile.class)
    void isTheFileByteForByte(DefinitionFile file) {
        assertThat(machine(file).path("DefinitionString").isTextual()).isTrue();
        assertThat(machine(file).path("DefinitionString").asText()).isEqualTo(file.text());
    }

    @ParameterizedTest
    @EnumSource(DefinitionFile.class)
    void hasEverySubstitutionBoundAndNoOther(DefinitionFile file) {
        Set<String> open = SUBSTITUTION
                .matcher(file.text())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());

        Set<String> bound = new TreeSet<>();
        machine(file).path("DefinitionSubstitutions").fieldNames().forEachRemaining(bound::add);

        assertThat(bound).isEqualTo(open).isSubsetOf(Substitution.all());
    }

    @ParameterizedTest
    @EnumSource(DefinitionFile.class)
    void callsVersionsThatStayAndThatLastAsLongAsTheirStates(DefinitionFile file) throws IOException {
        for (JsonNode task : tasks(file)) {
            if (!task.path("Resource").asText().startsWith(INVOKE)) {
                continue;
            }
            FunctionName function = functionOf(task);
            JsonNode version = stack.resource(
                    substituted(file, function.substitution()).path("Ref").asText());
            assertThat(version.path("Type").asText()).as(function.name()).isEqualTo("AWS::Lambda::Version");
            assertThat(version.path("DeletionPolicy").asText()).isEqualTo("Retain");
            assertThat(version.path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
            JsonNode deployed = stack.resource(version.path("Properties")
                            .path("FunctionName")
                            .path("Ref")
                            .asText())
                    .path("Properties");
            assertThat(deployed.path("FunctionName").asText())
                    .isEqualTo("kraftlift-" + Synthesis.QUALIFIER + "-" + function.camelCase());
            if (task.path("TimeoutSeconds").isInt()
                    && task.path("Resource").asText().equals(INVOKE)) {
                assertThat(deployed.path("Timeout").asInt())
                        .as(function.name())
                        .isGreaterThanOrEqualTo(task.path("TimeoutSeconds").asInt());
            }
        }
    }

    @Test
    void runsARevisionThatStaysAndItsContainerByName() throws IOException {
        String logicalId = substituted(DefinitionFile.MIGRATION, Substitution.WORKER_TASK_DEFINITION.key())
                .path("Ref")
                .asText();
        JsonNode task = stack.resource(logicalId);
        List<String> containers = Synthesis.stream(task.path("Properties").path("ContainerDefinitions"))
                .map(container -> container.path("Name").asText())
                .toList();

        assertThat(task.path("Type").asText()).isEqualTo("AWS::ECS::TaskDefinition");
        assertThat(task.path("DeletionPolicy").asText()).isEqualTo("Retain");
        assertThat(task.path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
        for (JsonNode state : tasks(DefinitionFile.MIGRATION)) {
            state.path("Arguments")
                    .path("Overrides")
                    .path("ContainerOverrides")
                    .forEach(override -> assertThat(containers)
                            .containsExactly(override.path("Name").asText()));
        }
    }

    @ParameterizedTest
    @EnumSource(DefinitionFile.class)
    void isAllowedWhatItsStatesDoAndNothingMore(DefinitionFile file) throws IOException {
        Map<String, Set<String>> needed = new TreeMap<>();
        for (JsonNode task : tasks(file)) {
            need(needed, file, task);
        }
        for (String action : List.of(
                "logs:CreateLogDelivery",
                "logs:DeleteLogDelivery",
                "logs:DescribeLogGroups",
                "logs:DescribeResourcePolicies",
                "logs:GetLogDelivery",
                "logs:ListLogDeliveries",
                "logs:PutResourcePolicy",
                "logs:UpdateLogDelivery",
                "xray:GetSamplingRules",
                "xray:GetSamplingTargets",
                "xray:PutTelemetryRecords",
                "xray:PutTraceSegments")) {
            needed.put(action, Set.of("\"*\""));
        }

        assertThat(allowed(roleOf(file))).isEqualTo(needed);
    }

    @Test
    void stopsWhatItStartedInItsOwnClusterOnly() {
        List<JsonNode> statements = stack.statementsOf(roleOf(DefinitionFile.MIGRATION)).stream()
                .filter(statement -> statement.path("Action").toString().contains("ecs:"))
                .toList();

        assertThat(statements)
                .hasSize(2)
                .allSatisfy(statement -> assertThat(
                                statement.path("Condition").path("ArnEquals").path("ecs:cluster"))
                        .isEqualTo(substituted(DefinitionFile.MIGRATION, Substitution.WORKER_CLUSTER.key())));
    }

    private void need(Map<String, Set<String>> needed, DefinitionFile file, JsonNode task) {
        switch (task.path("Resource").asText()) {
            case INVOKE, INVOKE_AND_WAIT ->
                add(
                        needed,
                        "lambda:InvokeFunction",
                        substituted(file, functionOf(task).substitution()));
            case RUN_TASK -> {
                JsonNode definition = substituted(file, Substitution.WORKER_TASK_DEFINITION.key());
                JsonNode properties =
                        stack.resource(definition.path("Ref").asText()).path("Properties");
                add(needed, "ecs:RunTask", definition);
                addText(needed, "ecs:StopTask", ":task/");
                addText(needed, "ecs:DescribeTasks", ":task/");
                add(needed, "iam:PassRole", properties.path("TaskRoleArn"));
                add(needed, "iam:PassRole", properties.path("ExecutionRoleArn"));
                listen(needed, "StepFunctionsGetEventsForECSTaskRule");
            }
            case START -> add(needed, "states:StartExecution", childOf(file, task));
            case START_AND_WAIT -> {
                add(needed, "states:StartExecution", childOf(file, task));
                String name = stack.resource(childOf(file, task).path("Ref").asText())
                        .path("Properties")
                        .path("StateMachineName")
                        .asText();
                addText(needed, "states:DescribeExecution", ":execution:" + name + ":*");
                addText(needed, "states:StopExecution", ":execution:" + name + ":*");
                listen(needed, "StepFunctionsGetEventsForStepFunctionsExecutionRule");
            }
            default -> throw new AssertionError("no permission is known for " + task.path("Resource"));
        }
    }

    private JsonNode childOf(DefinitionFile file, JsonNode task) {
        String open = task.path("Arguments").path("StateMachineArn").asText();
        JsonNode child = substituted(file, open.substring(2, open.length() - 1));
        assertThat(stack.resource(child.path("Ref").asText()).path("Type").asText())
                .isEqualTo("AWS::StepFunctions::StateMachine");
        return child;
    }

    private void listen(Map<String, Set<String>> needed, String rule) {
        for (String action : List.of("events:DescribeRule", "events:PutRule", "events:PutTargets")) {
            addText(needed, action, ":rule/" + rule);
        }
    }

    private static void add(Map<String, Set<String>> needed, String action, JsonNode resource) {
        needed.computeIfAbsent(action, key -> new TreeSet<>()).add(resource.toString());
    }

    /** A resource of this account and region that is known by a part of its ARN: the one that the role has it for. */
    private void addText(Map<String, Set<String>> needed, String action, String part) {
        Set<String> matching = allowed(roleOf(DefinitionFile.MIGRATION)).getOrDefault(action, Set.of()).stream()
                .filter(resource -> resource.contains(part))
                .collect(Collectors.toSet());
        assertThat(matching).as(action + " on …" + part).hasSize(1);
        needed.computeIfAbsent(action, key -> new TreeSet<>()).addAll(matching);
    }

    private Map<String, Set<String>> allowed(String role) {
        Map<String, Set<String>> allowed = new TreeMap<>();
        for (JsonNode statement : stack.statementsOf(role)) {
            assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
            Synthesis.stream(statement.path("Action"))
                    .forEach(action -> Synthesis.stream(statement.path("Resource"))
                            .forEach(resource -> add(allowed, action.asText(), resource)));
        }
        return allowed;
    }

    private JsonNode machine(DefinitionFile file) {
        String part = file.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return stack.only(
                        "AWS::StepFunctions::StateMachine",
                        "StateMachineName",
                        "kraftlift-" + Synthesis.QUALIFIER + "-" + part)
                .path("Properties");
    }

    private String roleOf(DefinitionFile file) {
        return machine(file).path("RoleArn").path("Fn::GetAtt").path(0).asText();
    }

    private JsonNode substituted(DefinitionFile file, String substitution) {
        return machine(file).path("DefinitionSubstitutions").path(substitution);
    }

    private static FunctionName functionOf(JsonNode task) {
        String name = task.path("Arguments").path("FunctionName").asText();
        return Arrays.stream(FunctionName.values())
                .filter(function -> name.equals("${" + function.substitution() + "}"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is no function"));
    }

    private static List<JsonNode> tasks(DefinitionFile file) throws IOException {
        List<JsonNode> tasks = new ArrayList<>();
        collect(Synthesis.JSON.readTree(file.text()), tasks);
        assertThat(tasks).isNotEmpty();
        return tasks;
    }

    private static void collect(JsonNode node, List<JsonNode> tasks) {
        if (node.path("Type").asText().equals("Task")) {
            tasks.add(node);
        }
        node.forEach(child -> collect(child, tasks));
    }
}
