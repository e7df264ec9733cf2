package io.kraftlift.cdk.workers;

import io.kraftlift.cdk.DeploymentName;
import io.kraftlift.cdk.network.Network;
import io.kraftlift.cdk.permissions.ClusterStatements;
import io.kraftlift.cdk.permissions.ClusterUse;
import io.kraftlift.cdk.permissions.SecretStatements;
import io.kraftlift.cdk.permissions.StoreAccess;
import io.kraftlift.cdk.permissions.StorePart;
import io.kraftlift.cdk.review.Accepted;
import io.kraftlift.cdk.settings.DeploymentSettings;
import io.kraftlift.cdk.storage.Storage;
import io.kraftlift.core.metrics.MetricName;
import io.kraftlift.statemachine.WorkerEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.ecs.AwsLogDriverMode;
import software.amazon.awscdk.services.ecs.AwsLogDriverProps;
import software.amazon.awscdk.services.ecs.Capability;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.ContainerDefinition;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerInsights;
import software.amazon.awscdk.services.ecs.CpuArchitecture;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.LinuxParameters;
import software.amazon.awscdk.services.ecs.LogDriver;
import software.amazon.awscdk.services.ecs.MountPoint;
import software.amazon.awscdk.services.ecs.OperatingSystemFamily;
import software.amazon.awscdk.services.ecs.RuntimePlatform;
import software.amazon.awscdk.services.ecs.Volume;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** The cluster that workers run in, and the task that each of them is. */
public final class Workers extends Construct {
    /** A whole processor, of which four fit into the six that a new account may run on Fargate. */
    private static final int CPU = 1024;

    /** The least that goes with a processor; the heap is 60 % of it, and a worker has 128 MiB of batches in hand. */
    private static final int MEMORY_MIB = 2048;

    /** The longest that ECS gives. A worker ends within 20 seconds of SIGTERM; the rest is for a store that answers late. */
    private static final int STOP_SECONDS = 120;

    private static final String TEMPORARY = "tmp";

    private final Cluster cluster;
    private final FargateTaskDefinition task;
    private final Role taskRole;
    private final Role executionRole;
    private final LogGroup log;

    public Workers(Construct scope, String id, DeploymentSettings settings, Network network, Storage storage) {
        super(scope, id);
        DeploymentName name = new DeploymentName(settings.qualifier());
        this.cluster = Cluster.Builder.create(this, "Cluster")
                .clusterName(name.stack())
                .vpc(network.vpc())
                .containerInsightsV2(ContainerInsights.ENABLED)
                .build();
        this.log = LogGroup.Builder.create(this, "LogGroup")
                .retention(RetentionDays.ONE_YEAR)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        this.taskRole = taskRole(settings, storage);
        this.executionRole = Role.Builder.create(this, "ExecutionRole")
                .description("Pulls the workers' image and opens their log; workers do not have it")
                .assumedBy(new ServicePrincipal("ecs-tasks.amazonaws.com"))
                .build();
        this.task = FargateTaskDefinition.Builder.create(this, "Task")
                .family(name.of("replicator"))
                .cpu(CPU)
                .memoryLimitMiB(MEMORY_MIB)
                .runtimePlatform(RuntimePlatform.builder()
                        .cpuArchitecture(CpuArchitecture.ARM64)
                        .operatingSystemFamily(OperatingSystemFamily.LINUX)
                        .build())
                .taskRole(taskRole)
                .executionRole(executionRole)
                .volumes(List.of(Volume.builder().name(TEMPORARY).build()))
                .build();
        // An execution that began with a revision goes on with it, whatever is deployed meanwhile.
        task.applyRemovalPolicy(RemovalPolicy.RETAIN);
        container(settings);
        accept();
    }

    public Cluster cluster() {
        return cluster;
    }

    /** With its revision. */
    public String taskDefinitionArn() {
        return task.getTaskDefinitionArn();
    }

    /** What starts a worker must be allowed to give it these. */
    public List<String> roleArns() {
        return List.of(taskRole.getRoleArn(), executionRole.getRoleArn());
    }

    public LogGroup log() {
        return log;
    }

    private void container(DeploymentSettings settings) {
        LinuxParameters linux = LinuxParameters.Builder.create(this, "Linux").build();
        linux.dropCapabilities(Capability.ALL);
        ContainerDefinition container = task.addContainer(
                "Container",
                ContainerDefinitionOptions.builder()
                        .containerName(WorkerEnvironment.CONTAINER)
                        .image(new Image(this, settings.workerImage()).of())
                        .user("10001:10001")
                        .environment(Map.of(MetricName.DEPLOYMENT_VARIABLE, settings.qualifier()))
                        .readonlyRootFilesystem(true)
                        .linuxParameters(linux)
                        .stopTimeout(Duration.seconds(STOP_SECONDS))
                        .logging(LogDriver.awsLogs(AwsLogDriverProps.builder()
                                .logGroup(log)
                                .streamPrefix("worker")
                                // A log that cannot be written must not hold up the copy.
                                .mode(AwsLogDriverMode.NON_BLOCKING)
                                .maxBufferSize(Size.mebibytes(25))
                                .build()))
                        .build());
        container.addMountPoints(MountPoint.builder()
                .sourceVolume(TEMPORARY)
                .containerPath("/tmp")
                .readOnly(false)
                .build());
    }

    private Role taskRole(DeploymentSettings settings, Storage storage) {
        Role role = Role.Builder.create(this, "TaskRole")
                .description("What a worker may do")
                .assumedBy(new ServicePrincipal("ecs-tasks.amazonaws.com"))
                .build();
        storage.inBackup(new StoreAccess(
                        Set.of(StorePart.CONFIGURATION, StorePart.PLAN, StorePart.CONTROL, StorePart.LEASE),
                        Set.of(
                                StorePart.SEGMENTS,
                                StorePart.LANE_LEASES,
                                StorePart.CHECKPOINTS,
                                StorePart.OFFSET_MAPS,
                                StorePart.STATUS,
                                StorePart.RESULTS)))
                .forEach(role::addToPolicy);
        ClusterStatements.of(settings.access().sourceCluster(), Set.of(ClusterUse.READ_RECORDS))
                .forEach(role::addToPolicy);
        ClusterStatements.of(
                        settings.access().targetCluster(), Set.of(ClusterUse.READ_RECORDS, ClusterUse.WRITE_RECORDS))
                .forEach(role::addToPolicy);
        SecretStatements.of(settings.access()).forEach(role::addToPolicy);
        return role;
    }

    private void accept() {
        Accepted.finding(
                task,
                "AwsSolutions-ECS2",
                "The one variable is the deployment's name, which is counted by; it is no secret.");
        Accepted.wildcards(
                taskRole,
                "/^Resource::.*\\/(\\*|config\\/\\*).*$/",
                "Migrations are named when they are started, so their folders are not known here; what stands after the"
                        + " migration's name is. In a cluster every topic may be one that moves.");
        Accepted.wildcard(
                executionRole,
                "Resource::*",
                "ecr:GetAuthorizationToken has no resource; the image's repository is named.");
    }
}
