package io.kraftlift.cdk;

import io.kraftlift.cdk.approval.Approver;
import io.kraftlift.cdk.functions.Functions;
import io.kraftlift.cdk.machine.Machine;
import io.kraftlift.cdk.network.Network;
import io.kraftlift.cdk.settings.DeploymentSettings;
import io.kraftlift.cdk.storage.Storage;
import io.kraftlift.cdk.watch.Watch;
import io.kraftlift.cdk.workers.Workers;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;
import software.constructs.Construct;

/** Everything of one deployment. It belongs to no account and region until it is deployed. */
public final class MigrationStack extends Stack {
    public MigrationStack(Construct scope, DeploymentSettings settings) {
        super(
                scope,
                new DeploymentName(settings.qualifier()).stack(),
                StackProps.builder()
                        .description("Kraftlift: moves a Kafka cluster in ZooKeeper mode to one in KRaft mode")
                        .terminationProtection(true)
                        .build());
        DeploymentName name = new DeploymentName(settings.qualifier());
        Network network = new Network(this, "Network", settings.network());
        Approver approver =
                new Approver(this, "Approver", name, settings.access().approvers());
        Storage storage = new Storage(this, "Storage", settings.storage(), approver.role());
        approver.mayRead(storage);
        Functions functions = new Functions(this, "Functions", settings, network, storage);
        Workers workers = new Workers(this, "Workers", settings, network, storage);
        Machine machine = new Machine(this, "Machine", name, network, functions, workers);
        functions.mayReadHistories(machine.name());
        approver.mayAnswer(machine.migration().getStateMachineArn());
        approver.mayFollow(machine.name());
        Watch watch = new Watch(this, "Watch", settings);
        watch.over(machine, functions, workers, storage);
        NextCommands.of(this, storage, machine, approver);
        Tags.of(this).add("kraftlift", settings.qualifier());
    }
}
