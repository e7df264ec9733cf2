package io.kraftlift.cli.runs;

import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.ownership.LeaseObject;
import io.kraftlift.access.ownership.MigrationLease;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.access.secrets.SecretsManagerSource;
import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.core.migration.MigrationId;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which run is meant: a deployment's by its stack, an embedded one by its folder, or any by its parts. */
public final class RunOptions {
    @Option(names = "--stack", paramLabel = "NAME", description = "Stack of the deployment, such as kraftlift-main.")
    private @Nullable String stack;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".kraftlift/demo",
            description = "Folder of an embedded run (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of(".kraftlift", "demo");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file of the migration (default with --stack: the execution's).")
    private @Nullable Path config;

    @Option(
            names = "--migration",
            paramLabel = "ID",
            description = "Id of the migration (default with --stack: the one that runs, or ran last).")
    private @Nullable String migration;

    @Option(names = "--endpoint-url", paramLabel = "URL", description = "Where Step Functions answers.")
    private @Nullable URI endpoint;

    @Option(names = "--execution", paramLabel = "ARN", description = "ARN of the execution.")
    private @Nullable String execution;

    @Mixin
    private AwsOptions aws = new AwsOptions();

    /** Made by picocli. */
    public RunOptions() {}

    /**
     * The run that is meant.
     *
     * @throws CommandFailure NOTHING_THERE when neither stack nor folder nor options lead to one
     * @throws io.kraftlift.core.failures.OperatorActionNeeded CONFIGURATION_WRONG
     */
    public FoundRun find(Surroundings surroundings) throws InterruptedException {
        Optional<MigrationId> named =
                Optional.ofNullable(migration).map(text -> ConfigurationFile.idOf("--migration", text));
        return stack == null ? ofParts(named, surroundings) : deployed(stack, named, surroundings);
    }

    private FoundRun deployed(String name, Optional<MigrationId> named, Surroundings surroundings)
            throws InterruptedException {
        return new DeployedRuns(
                        Deployment.find(name, aws.session(), surroundings),
                        new StatesEndpoint(Optional.ofNullable(endpoint), aws.session()))
                .open(Optional.ofNullable(execution), named, Optional.ofNullable(config), surroundings);
    }

    private FoundRun ofParts(Optional<MigrationId> named, Surroundings surroundings) {
        Optional<RunEndpoint> embedded = embedded();
        Path configFile = configuration().orElseThrow(this::nothing);
        MigrationId id = named.or(() -> embedded.map(run -> ConfigurationFile.idOf("--migration", run.migration())))
                .orElseThrow(this::nothing);
        ReadConfig read = new ConfigReader(surroundings.environment(), SecretsManagerSource.of(aws.session()))
                .read(configFile.toString(), ConfigurationFile.contentOf(configFile));
        MigrationRun first = new MigrationRun(id, read, surroundings.in(aws.session()));
        MigrationRun run = LeaseObject.inLatestRestart(first);
        return new FoundRun(
                run,
                new StatesEndpoint(
                        Optional.ofNullable(endpoint).or(() -> embedded.map(RunEndpoint::endpoint)), aws.session()),
                Optional.ofNullable(execution)
                        .or(() -> new LeaseObject(run).find().map(MigrationLease::owner))
                        .or(() -> embedded.map(RunEndpoint::execution)),
                Optional.empty());
    }

    /** The configuration file that is meant: the one given, or that of the embedded run. */
    public Optional<Path> configuration() {
        return Optional.ofNullable(config)
                .or(() -> stack == null ? embedded().map(run -> Path.of(run.config())) : Optional.empty());
    }

    /** The options that were given, each after a space, as a shell takes them. */
    public String typed() {
        return ShellWord.option("--stack", stack)
                + (directory.equals(Path.of(".kraftlift", "demo")) ? "" : ShellWord.option("--dir", directory))
                + ShellWord.option("--config", config)
                + ShellWord.option("--migration", migration)
                + ShellWord.option("--endpoint-url", endpoint)
                + ShellWord.option("--execution", execution)
                + StatesEndpoint.inAws(aws.session()).sessionOptions();
    }

    private Optional<RunEndpoint> embedded() {
        Path file = directory.resolve("endpoint.json");
        return Files.exists(file)
                ? Optional.of(Documents.read(ConfigurationFile.contentOf(file), RunEndpoint.class, file.toString()))
                : Optional.empty();
    }

    private CommandFailure nothing() {
        return new CommandFailure(
                ExitCode.NOTHING_THERE,
                "there is no run in " + directory + " (no endpoint.json); give the stack of a deployment with --stack,"
                        + " the folder of an embedded run with --dir, or --config and --migration");
    }
}
