package io.kraftlift.cdk.machine;

import io.kraftlift.cdk.DeploymentName;
import io.kraftlift.cdk.functions.Functions;
import io.kraftlift.cdk.network.Network;
import io.kraftlift.cdk.workers.Workers;
import io.kraftlift.statemachine.DefinitionFile;
import io.kraftlift.statemachine.FunctionName;
import io.kraftlift.statemachine.Substitution;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.stepfunctions.CfnStateMachine;
import software.amazon.awscdk.services.stepfunctions.CfnStateMachineAlias;
import software.amazon.awscdk.services.stepfunctions.CfnStateMachineVersion;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.LogLevel;
import software.amazon.awscdk.services.stepfunctions.LogOptions;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.amazon.awscdk.services.stepfunctions.StateMachineType;
import software.constructs.Construct;

/**
 * The migration's state machine and those that it starts, of the very files that the embedded run executes; what these leave
 * open is bound here.
 */
public final class Machine extends Construct {
    /** What runs are started by. It points at the version of the last deployment. */
    private static final String ALIAS = "live";

    private final DeploymentName name;
    private final Map<DefinitionFile, StateMachine> machines = new EnumMap<>(DefinitionFile.class);
    private final CfnStateMachineAlias alias;

    public Machine(
            Construct scope, String id, DeploymentName name, Network network, Functions functions, Workers workers) {
        super(scope, id);
        this.name = name;
        MachineRole role = MachineRole.calling(this, "MigrationRole", DefinitionFile.MIGRATION, functions);
        role.runs(workers);
        Map<String, String> others = new HashMap<>(Map.of(
                Substitution.WORKER_CLUSTER.key(), workers.cluster().getClusterArn(),
                Substitution.WORKER_TASK_DEFINITION.key(), workers.taskDefinitionArn(),
                Substitution.WORKER_SUBNETS.key(), Fn.join(",", network.subnetIds()),
                Substitution.WORKER_SECURITY_GROUPS.key(), Fn.join(",", network.securityGroupIds())));
        for (DefinitionFile child : DefinitionFile.values()) {
            if (child != DefinitionFile.MIGRATION) {
                MachineRole ofChild = MachineRole.calling(this, idOf(child) + "Role", child, functions);
                machines.put(child, machine(child, ofChild.role(), bound(child, functions, Map.of())));
                String arn = of(child).getStateMachineArn();
                String substitution = idOf(child) + "StateMachine";
                others.put(substitution, arn);
                role.starts(substitution, arn, nameOf(child));
            }
        }
        machines.put(
                DefinitionFile.MIGRATION,
                machine(DefinitionFile.MIGRATION, role.role(), bound(DefinitionFile.MIGRATION, functions, others)));
        this.alias = alias(migration());
    }

    public StateMachine migration() {
        return of(DefinitionFile.MIGRATION);
    }

    /** The machine that lets producers go on when their freeze is overdue. */
    public StateMachine freezeGuard() {
        return of(DefinitionFile.FREEZE_GUARD);
    }

    private StateMachine of(DefinitionFile definition) {
        return Objects.requireNonNull(machines.get(definition));
    }

    /** The migration's machine by its name. */
    public String name() {
        return nameOf(DefinitionFile.MIGRATION);
    }

    public String aliasArn() {
        return alias.getAttrArn();
    }

    private static Map<String, String> bound(
            DefinitionFile definition, Functions functions, Map<String, String> others) {
        Map<String, String> values = new HashMap<>(others);
        for (FunctionName function : MachineRole.namedIn(definition)) {
            values.put(function.substitution(), functions.version(function).getFunctionArn());
        }
        return values;
    }

    private StateMachine machine(DefinitionFile definition, Role role, Map<String, String> substitutions) {
        return StateMachine.Builder.create(this, idOf(definition))
                .stateMachineName(nameOf(definition))
                .stateMachineType(StateMachineType.STANDARD)
                .definitionBody(DefinitionBody.fromString(definition.text()))
                .definitionSubstitutions(substitutions)
                .role(role)
                .tracingEnabled(true)
                .logs(LogOptions.builder()
                        .destination(log(definition))
                        .level(LogLevel.ALL)
                        // Inputs of gates are task tokens: whoever could read the log could decide.
                        .includeExecutionData(false)
                        .build())
                .build();
    }

    /**
     * Under the prefix by which Step Functions' log delivery needs no growing resource policy (AWS documentation, "Logging
     * using CloudWatch Logs"), and with a part of the stack's id, so that a stack that is made again finds the name free.
     */
    private LogGroup log(DefinitionFile definition) {
        String ofThisStack = Fn.select(0, Fn.split("-", Fn.select(2, Fn.split("/", Aws.STACK_ID))));
        return LogGroup.Builder.create(this, idOf(definition) + "Log")
                .logGroupName("/aws/vendedlogs/states/" + nameOf(definition) + "-" + ofThisStack)
                .retention(RetentionDays.ONE_YEAR)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
    }

    /** {@code DrainPoller}. */
    private static String idOf(DefinitionFile definition) {
        return Arrays.stream(definition.name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    /** {@code kraftlift-orders-drain-poller}. */
    private String nameOf(DefinitionFile definition) {
        return name.of(definition.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private CfnStateMachineAlias alias(StateMachine migration) {
        CfnStateMachine resource =
                (CfnStateMachine) Objects.requireNonNull(migration.getNode().getDefaultChild());
        CfnStateMachineVersion version = CfnStateMachineVersion.Builder.create(this, "Version")
                .stateMachineArn(migration.getStateMachineArn())
                .stateMachineRevisionId(resource.getAttrStateMachineRevisionId())
                .build();
        version.applyRemovalPolicy(RemovalPolicy.RETAIN);
        return CfnStateMachineAlias.Builder.create(this, "Alias")
                .name(ALIAS)
                .description("What migrations are started by")
                .routingConfiguration(List.of(CfnStateMachineAlias.RoutingConfigurationVersionProperty.builder()
                        .stateMachineVersionArn(version.getAttrArn())
                        .weight(100)
                        .build()))
                .build();
    }
}
