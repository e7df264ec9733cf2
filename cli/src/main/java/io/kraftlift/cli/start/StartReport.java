package io.kraftlift.cli.start;

import io.kraftlift.access.json.Documents;
import io.kraftlift.cli.RootCommand;
import io.kraftlift.cli.Terminal;
import io.kraftlift.cli.runs.ConfigurationFile;
import io.kraftlift.cli.runs.Deployment;
import io.kraftlift.cli.runs.ShellWord;
import io.kraftlift.cli.runs.StatesEndpoint;
import io.kraftlift.core.migration.MigrationId;
import java.net.URI;
import java.util.Map;

/** Says what was started, with the equal commands of the AWS CLI, and what to type next. */
public final class StartReport {
    private final Terminal terminal;
    private final RootCommand root;

    public StartReport(Terminal terminal, RootCommand root) {
        this.terminal = terminal;
        this.root = root;
    }

    /**
     * What was done.
     *
     * @param execution its ARN
     * @param options of {@code kraftlift} that name the started run, each after a space
     */
    record Start(
            StatesEndpoint states, ConfigurationFile file, StartRequest request, String execution, String options) {}

    /** The options by which other commands find a run, each after a space. */
    static String options(Deployment deployment, MigrationId migration, StatesEndpoint states) {
        return " --stack " + ShellWord.quoted(deployment.stack()) + " --migration " + migration + states.options();
    }

    void say(Start start) {
        URI configuration = start.request().run().config().uri();
        String next = "kraftlift status --watch" + start.options();
        if (root.json()) {
            terminal.out()
                    .println(Documents.writeText(Map.of(
                            "execution",
                            start.execution(),
                            "configuration",
                            configuration.toString(),
                            "sha256",
                            start.request().run().config().sha256().hex(),
                            "command",
                            next)));
            return;
        }
        terminal.out().println("configuration  " + configuration);
        terminal.out().println("execution      " + start.execution());
        terminal.out().println("Equal AWS CLI commands:");
        terminal.out()
                .println("  "
                        + start.states()
                                .commandOf("s3 cp "
                                        + ShellWord.quoted(start.file().path().toString()) + " "
                                        + ShellWord.quoted(configuration.toString())));
        terminal.out()
                .println("  "
                        + start.states()
                                .command("start-execution --state-machine-arn "
                                        + ShellWord.quoted(start.request().stateMachine()) + " --name "
                                        + ShellWord.quoted(start.request().name()) + " --input "
                                        + ShellWord.quoted(start.request().input())));
        terminal.out().println("Next:");
        terminal.out().println("  " + next);
    }
}
