package io.kraftlift.cdk.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kraftlift.cdk.functions.Functions;
import io.kraftlift.cdk.review.Accepted;
import io.kraftlift.cdk.workers.Workers;
import io.kraftlift.statemachine.DefinitionFile;
import io.kraftlift.statemachine.FunctionName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/** The role of a state machine. A definition that is taken from a file grants nothing by itself. */
final class MachineRole {
    private static final String START_AND_WAIT = "arn:aws:states:::states:startExecution.sync:2";

    private final DefinitionFile definition;
    private final Role role;

    private MachineRole(DefinitionFile definition, Role role) {
        this.definition = definition;
        this.role = role;
    }

    /** A role that may invoke the versions of the functions that the definition names. */
    static MachineRole calling(Construct scope, String id, DefinitionFile definition, Functions functions) {
        Role role = Role.Builder.create(scope, id)
                .assumedBy(new ServicePrincipal("states.amazonaws.com"))
                .build();
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("lambda:InvokeFunction"))
                .resources(namedIn(definition).stream()
                        .map(function -> functions.version(function).getFunctionArn())
                        .toList())
                .build());
        Accepted.wildcard(
                role,
                "Resource::*",
                "Step Functions' delivery of logs and X-Ray's segments have no resource (AWS documentation, \"Logging using"
                        + " CloudWatch Logs\" and \"Trace Step Functions request data in AWS X-Ray\").");
        return new MachineRole(definition, role);
    }

    /** The functions that a definition leaves open. */
    static List<FunctionName> namedIn(DefinitionFile definition) {
        String text = definition.text();
        return Arrays.stream(FunctionName.values())
                .filter(function -> text.contains("${" + function.substitution() + "}"))
                .toList();
    }

    Role role() {
        return role;
    }

    /** {@code ecs:runTask.sync}: starting, watching and stopping tasks of this definition in this cluster. */
    void runs(Workers workers) {
        Map<String, Object> inTheCluster =
                Map.of("ArnEquals", Map.of("ecs:cluster", workers.cluster().getClusterArn()));
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("ecs:RunTask"))
                .resources(List.of(workers.taskDefinitionArn()))
                .conditions(inTheCluster)
                .build());
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("ecs:DescribeTasks", "ecs:StopTask"))
                .resources(List.of(Stack.of(role)
                        .formatArn(ArnComponents.builder()
                                .service("ecs")
                                .resource("task")
                                .resourceName(workers.cluster().getClusterName() + "/*")
                                .build())))
                .conditions(inTheCluster)
                .build());
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("iam:PassRole"))
                .resources(workers.roleArns())
                .conditions(Map.of("StringEquals", Map.of("iam:PassedToService", "ecs-tasks.amazonaws.com")))
                .build());
        listens("StepFunctionsGetEventsForECSTaskRule");
        Accepted.wildcards(
                role, "/^Resource::.*:task\\/.*\\/\\*$/", "A task's id is made when it starts; the cluster is named.");
    }

    /**
     * Starting executions of a machine that stands as a substitution in this one's definition; and, where that waits for their
     * end ({@code states:startExecution.sync:2}), watching and stopping them.
     */
    void starts(String substitution, String stateMachineArn, String stateMachineName) {
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("states:StartExecution"))
                .resources(List.of(stateMachineArn))
                .build());
        if (!waitsFor(substitution)) {
            return;
        }
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("states:DescribeExecution", "states:StopExecution"))
                .resources(List.of(Stack.of(role)
                        .formatArn(ArnComponents.builder()
                                .service("states")
                                .resource("execution")
                                .resourceName(stateMachineName + ":*")
                                .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                                .build())))
                .build());
        listens("StepFunctionsGetEventsForStepFunctionsExecutionRule");
        Accepted.wildcards(
                role,
                "/^Resource::.*:execution:.*:\\*$/",
                "An execution's name is made when it starts; the machine is named.");
    }

    private boolean waitsFor(String substitution) {
        try {
            return waits(new ObjectMapper().readTree(definition.text()), "${" + substitution + "}");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(definition + " must be JSON", e);
        }
    }

    private static boolean waits(JsonNode node, String machine) {
        if (node.path("Arguments").path("StateMachineArn").asText().equals(machine)
                && node.path("Resource").asText().equals(START_AND_WAIT)) {
            return true;
        }
        return StreamSupport.stream(node.spliterator(), false).anyMatch(child -> waits(child, machine));
    }

    /** Step Functions hears of an end by a rule that it manages itself. */
    private void listens(String managedRule) {
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("events:DescribeRule", "events:PutRule", "events:PutTargets"))
                .resources(List.of(Stack.of(role)
                        .formatArn(ArnComponents.builder()
                                .service("events")
                                .resource("rule")
                                .resourceName(managedRule)
                                .build())))
                .build());
    }
}
