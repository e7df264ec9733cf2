package io.kraftlift.cli.status;

import io.kraftlift.cli.runs.FoundRun;
import io.kraftlift.cli.runs.ShellWord;
import io.kraftlift.core.stores.ObjectKey;
import java.util.ArrayList;
import java.util.List;

/** The commands of the AWS CLI that show what a command of ours has shown of a deployment's run. */
record AwsEquals(FoundRun found) {
    List<String> ofStatus() {
        List<String> lines = finding();
        lines.add("  "
                + found.endpoint()
                        .command("describe-execution --execution-arn " + ShellWord.quoted(found.executionArn())));
        lines.add(folder("status"));
        lines.add(folder("journal"));
        return lines;
    }

    List<String> ofJournal() {
        List<String> lines = finding();
        lines.add(folder("journal"));
        return lines;
    }

    private List<String> finding() {
        List<String> lines = new ArrayList<>(List.of("Equal AWS CLI commands:"));
        found.deployment()
                .ifPresent(deployment -> lines.add("  "
                        + found.endpoint()
                                .commandOf("cloudformation describe-stacks --stack-name "
                                        + ShellWord.quoted(deployment.stack()))));
        return lines;
    }

    private String folder(String name) {
        ObjectKey key = new ObjectKey(found.run().migration() + "/" + name);
        return "  "
                + found.endpoint()
                        .commandOf("s3 cp --recursive "
                                + ShellWord.quoted(found.run().backup().root().resolve(key.value()) + "/")
                                + " " + name + "/");
    }
}
