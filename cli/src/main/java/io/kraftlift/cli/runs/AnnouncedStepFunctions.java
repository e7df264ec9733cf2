package io.kraftlift.cli.runs;

import io.kraftlift.statemachine.Gate;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Says each change before it is made, as the command of the AWS CLI that makes the same. What is only asked for is not said, and
 * no token: the command says where it lies.
 */
public final class AnnouncedStepFunctions implements StepFunctions {
    private final StepFunctions functions;
    private final FoundRun found;
    private final Consumer<String> lines;

    /** @param lines takes what is said, line by line */
    public AnnouncedStepFunctions(StepFunctions functions, FoundRun found, Consumer<String> lines) {
        this.functions = functions;
        this.found = found;
        this.lines = lines;
    }

    /** The commands that answer at a gate. */
    public static String decision(FoundRun found, Gate gate, String output) {
        return "TOKEN=$(" + reading(found, gate) + ")\n"
                + found.endpoint()
                        .command("send-task-success --task-token \"$TOKEN\" --task-output " + ShellWord.quoted(output));
    }

    private static String reading(FoundRun found, Gate gate) {
        URI uri = found.run()
                .backup()
                .root()
                .resolve(found.run().objects().gate(gate.objectName()).value());
        return "file".equals(uri.getScheme())
                ? "jq -r .token " + ShellWord.quoted(uri.getPath())
                : found.endpoint().commandOf("s3 cp " + ShellWord.quoted(uri.toString()) + " -") + " | jq -r .token";
    }

    /** Says the equal of something, on lines of their own. */
    public static void say(String commands, Consumer<String> lines) {
        lines.accept(commands.contains("\n") ? "Equal AWS CLI commands:" : "Equal AWS CLI command:");
        commands.lines().forEach(line -> lines.accept("  " + line));
    }

    /** At the cutover's gate, which is the only one that is answered on the way to something else. */
    @Override
    public boolean sendTaskSuccess(String token, String output) {
        say(decision(found, Gate.CUTOVER, output), lines);
        return functions.sendTaskSuccess(token, output);
    }

    @Override
    public void stopExecution(String executionArn, String error, String cause) {
        say(
                "stop-execution --execution-arn",
                executionArn,
                " --error " + ShellWord.quoted(error) + " --cause " + ShellWord.quoted(cause));
        functions.stopExecution(executionArn, error, cause);
    }

    @Override
    public Optional<String> redriveExecution(String executionArn) {
        say("redrive-execution --execution-arn", executionArn, "");
        return functions.redriveExecution(executionArn);
    }

    @Override
    public Optional<ExecutionState> describe(String executionArn) {
        return functions.describe(executionArn);
    }

    @Override
    public String startExecution(String stateMachineArn, String name, String input) {
        say(
                "start-execution --state-machine-arn",
                stateMachineArn,
                " --name " + ShellWord.quoted(name) + " --input " + ShellWord.quoted(input));
        return functions.startExecution(stateMachineArn, name, input);
    }

    @Override
    public void close() {
        functions.close();
    }

    private void say(String operation, String arn, String options) {
        say(found.endpoint().command(operation + " " + ShellWord.quoted(arn) + options), lines);
    }
}
