package io.kraftlift.cdk;

import io.kraftlift.cdk.approval.Approver;
import io.kraftlift.cdk.machine.Machine;
import io.kraftlift.cdk.storage.Storage;
import io.kraftlift.statemachine.Gate;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;

/** The stack's outputs: what was made, and the commands that come next, ready to be copied ({@code docs/deploy.md}). */
final class NextCommands {
    private final Stack stack;

    private NextCommands(Stack stack) {
        this.stack = stack;
    }

    static void of(Stack stack, Storage storage, Machine machine, Approver approver) {
        NextCommands commands = new NextCommands(stack);
        String backup = storage.backup().getBucketName();
        String config = "s3://" + backup + "/config/migration.yaml";
        commands.output("BackupBucket", backup, "The store of segments, plans, status and gates");
        commands.output("EvidenceBucket", storage.evidence().getBucketName(), "The store of the signed evidence");
        commands.output("StateMachine", machine.aliasArn(), "What a migration is started by");
        commands.output("ApproverRole", approver.role().getRoleArn(), "The role that decides at gates");
        String name = stack.getStackName();
        commands.output(
                "Next1Plan",
                "./kraftlift start --stack " + name + " --config MIGRATION.yaml --plan-only --follow",
                "Plans and checks; nothing is changed");
        commands.output(
                "Next2Migrate",
                "./kraftlift start --stack " + name + " --config MIGRATION.yaml --follow",
                "Migrates, up to the first gate");
        commands.output("Next3Follow", "./kraftlift status --watch --stack " + name, "Shows how it is doing");
        commands.output(
                "Next4Decide",
                "./kraftlift approve --stack " + name + " --profile approver",
                "Shows what is decided at the open gate, and decides");
        commands.output("AwsCli1Upload", "aws s3 cp migration.yaml " + config, "Hands the configuration over");
        commands.output(
                "AwsCli2Plan", start(machine, config, "PLAN_ONLY", "plan-1"), "Plans and checks; nothing is changed");
        commands.output(
                "AwsCli3Migrate", start(machine, config, "MIGRATE", "migrate-1"), "Migrates, up to the first gate");
        commands.output(
                "AwsCli4Follow",
                "aws stepfunctions list-executions --state-machine-arn "
                        + machine.migration().getStateMachineArn(),
                "Shows what runs");
        commands.output(
                "AwsCli5Gate",
                "aws s3 cp s3://" + backup + "/MIGRATION/gates/" + Gate.CUTOVER.objectName()
                        + ".json gate.json # as the approver",
                "Fetches what is decided, and the token to decide with");
    }

    private static String start(Machine machine, String config, String mode, String execution) {
        return "aws stepfunctions start-execution --state-machine-arn " + machine.aliasArn() + " --name " + execution
                + " --input '{\"run\":{\"migration\":\"MIGRATION\",\"config\":{\"uri\":\"" + config
                + "\",\"sha256\":\"'$(sha256sum migration.yaml | cut -c1-64)'\"}},\"mode\":\"" + mode + "\"}'";
    }

    private void output(String id, String value, String description) {
        CfnOutput.Builder.create(stack, id)
                .value(value)
                .description(description)
                .build();
    }
}
