package io.kraftlift.cdk.functions;

import io.kraftlift.cdk.DeadLetters;
import io.kraftlift.cdk.DeploymentName;
import io.kraftlift.cdk.network.Network;
import io.kraftlift.cdk.review.Accepted;
import io.kraftlift.cdk.settings.DeploymentSettings;
import io.kraftlift.cdk.storage.Storage;
import io.kraftlift.core.metrics.MetricName;
import io.kraftlift.statemachine.FunctionName;
import io.kraftlift.statemachine.FunctionRuntime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IVersion;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.lambda.Version;
import software.amazon.awscdk.services.lambda.VersionOptions;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * The functions, each of a version that stays: an execution that began with one goes on with it, and a redrive too, whatever
 * is deployed meanwhile.
 */
public final class Functions extends Construct {
    private final Map<FunctionName, Function> functions = new EnumMap<>(FunctionName.class);
    private final Map<FunctionName, IVersion> versions = new EnumMap<>(FunctionName.class);
    private final DeploymentName name;
    private final DeploymentSettings settings;
    private final Network network;
    private final Storage storage;
    private final Map<FunctionName, Queue> unheard = new EnumMap<>(FunctionName.class);

    public Functions(Construct scope, String id, DeploymentSettings settings, Network network, Storage storage) {
        super(scope, id);
        this.name = new DeploymentName(settings.qualifier());
        this.settings = settings;
        this.network = network;
        this.storage = storage;
        unheard.put(FunctionName.SAFETY_NET, DeadLetters.queue(this, "Unheard"));
        unheard.put(FunctionName.SEAL_HISTORY, DeadLetters.queue(this, "Unsealed"));
        Code code = Code.fromAsset(settings.functionsPackage());
        for (FunctionName function : FunctionName.values()) {
            make(function, code);
        }
    }

    public Function function(FunctionName function) {
        return Objects.requireNonNull(functions.get(function));
    }

    /** The version that this deployment pins. */
    public IVersion version(FunctionName function) {
        return Objects.requireNonNull(versions.get(function));
    }

    /**
     * Lets the function that seals histories read those of a machine, which is not there yet and known by its name, and the one
     * that claims a migration ask how the execution is doing that has it.
     */
    public void mayReadHistories(String stateMachineName) {
        mayAsk(FunctionName.SEAL_HISTORY, stateMachineName, "states:DescribeExecution", "states:GetExecutionHistory");
        mayAsk(FunctionName.CLAIM_RUN, stateMachineName, "states:DescribeExecution");
    }

    private void mayAsk(FunctionName function, String stateMachineName, String... actions) {
        Function reader = function(function);
        reader.addToRolePolicy(PolicyStatement.Builder.create()
                .actions(List.of(actions))
                .resources(List.of(Stack.of(this)
                        .formatArn(ArnComponents.builder()
                                .service("states")
                                .resource("execution")
                                .resourceName(stateMachineName + ":*")
                                .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                                .build())))
                .build());
        Accepted.wildcards(
                Objects.requireNonNull(reader.getRole()),
                "/^Resource::.*:execution:.*:\\*$/",
                "An execution's name is made when it starts; the machine is named.");
    }

    /** Where those calls of a function end that nobody waits for and that failed. */
    public Queue unheard(FunctionName function) {
        return Objects.requireNonNull(unheard.get(function));
    }

    private void make(FunctionName function, Code code) {
        FunctionProfile profile = FunctionProfile.of(function);
        Construct scope = new Construct(this, function.camelCase());
        LogGroup log = LogGroup.Builder.create(scope, "LogGroup")
                .retention(RetentionDays.ONE_YEAR)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        Role role = FunctionRole.of(scope, profile, storage, settings.access(), arnOf(function));
        log.grantWrite(role);
        Function.Builder builder = Function.Builder.create(scope, "Function")
                .functionName(name.of(function.camelCase()))
                .description("Kraftlift " + settings.qualifier() + ": " + function.camelCase())
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .code(code)
                .handler(FunctionRuntime.handlerOf(function))
                .memorySize(profile.memory().mebibytes())
                .timeout(Duration.seconds(profile.seconds()))
                .environment(Map.of(
                        FunctionRuntime.JVM_OPTIONS_VARIABLE,
                        FunctionRuntime.JVM_OPTIONS,
                        MetricName.DEPLOYMENT_VARIABLE,
                        settings.qualifier()))
                .role(role)
                .logGroup(log)
                .loggingFormat(LoggingFormat.JSON)
                .tracing(Tracing.ACTIVE)
                .currentVersionOptions(VersionOptions.builder()
                        .removalPolicy(RemovalPolicy.RETAIN)
                        .build());
        if (profile.place() == FunctionProfile.Place.IN_VPC) {
            builder.vpc(network.vpc()).vpcSubnets(network.subnets()).securityGroups(network.securityGroups());
        }
        if (FunctionProfile.reserved(function) > 0) {
            builder.reservedConcurrentExecutions(FunctionProfile.reserved(function));
        }
        if (FunctionName.OUTSIDE_THE_DEFINITION.contains(function)) {
            // Nobody waits for their answer: what they cannot do must be seen all the same.
            builder.deadLetterQueue(unheard(function));
        }
        Function made = builder.build();
        functions.put(function, made);
        Version version = made.getCurrentVersion();
        if (FunctionName.OUTSIDE_THE_DEFINITION.contains(function)) {
            // Of the version, which is what is called: what is set for a function is for its newest state alone.
            version.configureAsyncInvoke(EventInvokeConfigOptions.builder()
                    .retryAttempts(2)
                    .maxEventAge(Duration.hours(1))
                    .build());
        }
        versions.put(function, version);
    }

    private String arnOf(FunctionName function) {
        return Stack.of(this)
                .formatArn(ArnComponents.builder()
                        .service("lambda")
                        .resource("function")
                        .resourceName(name.of(function.camelCase()))
                        .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                        .build());
    }
}
