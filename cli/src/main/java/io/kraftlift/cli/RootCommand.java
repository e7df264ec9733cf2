package io.kraftlift.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code kraftlift} itself: the options that every command has. Filled in by picocli before a command runs. */
@Command(
        name = "kraftlift",
        mixinStandardHelpOptions = true,
        version = "kraftlift 0.1.0",
        description = "Moves a Kafka cluster in ZooKeeper mode to a new cluster in KRaft mode.",
        footer = "Exit codes: docs/exit-codes.md. Configuration: docs/configuration.md.",
        synopsisSubcommandLabel = "COMMAND")
public final class RootCommand {
    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print one JSON object instead of text.")
    private boolean json;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print stack traces of errors.")
    private boolean debug;

    RootCommand() {}

    public boolean json() {
        return json;
    }

    public boolean debug() {
        return debug;
    }
}
