package io.kraftlift.cli.runs;

import io.kraftlift.access.account.CloudFormation;
import io.kraftlift.access.account.StackDescription;
import io.kraftlift.access.aws.AwsSession;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import java.util.Optional;
import java.util.TreeSet;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * What {@code cdk deploy} made, as its stack's outputs name it.
 *
 * @param stateMachine the ARN that migrations are started by, an alias's
 * @param approverRole the ARN of the role that may read tokens
 */
public record Deployment(
        String stack, String stateMachine, String backupBucket, String evidenceBucket, String approverRole) {
    /**
     * Asks CloudFormation.
     *
     * @throws CommandFailure NOTHING_THERE when there is no such stack, OPERATOR_ACTION_NEEDED when it lacks an output
     * @throws io.kraftlift.core.failures.KraftliftFailure when CloudFormation refuses or does not answer
     */
    public static Deployment find(String stack, AwsSession session, Surroundings surroundings)
            throws InterruptedException {
        try (CloudFormation cloudFormation = new CloudFormation(session, surroundings.sleeper())) {
            StackDescription found = cloudFormation
                    .stack(stack)
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.NOTHING_THERE,
                            "--stack: must be a stack of " + regionOf(session) + " and of the account that is asked,"
                                    + " there is none of the name " + stack
                                    + "; give the name that cdk deploy said, or the right --region and --profile"));
            return new Deployment(
                    stack,
                    output(stack, found, "StateMachine"),
                    output(stack, found, "BackupBucket"),
                    output(stack, found, "EvidenceBucket"),
                    output(stack, found, "ApproverRole"));
        }
    }

    private static String output(String stack, StackDescription found, String name) {
        return Optional.ofNullable(found.outputs().get(name))
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.OPERATOR_ACTION_NEEDED,
                        "the stack " + stack + " must have the output " + name + ", has "
                                + (found.outputs().isEmpty()
                                        ? "none"
                                        : new TreeSet<>(found.outputs().keySet()))
                                + " and is " + found.status()
                                + "; give the name of a Kraftlift stack, and deploy it to the end"));
    }

    private static String regionOf(AwsSession session) {
        try {
            return session.regionInUse().id();
        } catch (SdkClientException e) {
            return "the region";
        }
    }

    /** Whether this is a session of the role that may decide. */
    public boolean isApprover(String callerArn) {
        String role = approverRole.substring(approverRole.lastIndexOf('/') + 1);
        return callerArn.contains(":assumed-role/" + role + "/");
    }

    /** The machine itself: executions are listed by it whatever version or alias they were started by. */
    String machine() {
        String[] parts = stateMachine.split(":", -1);
        int aliased = 8;
        return parts.length == aliased ? stateMachine.substring(0, stateMachine.lastIndexOf(':')) : stateMachine;
    }
}
