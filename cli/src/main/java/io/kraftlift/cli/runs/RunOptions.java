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
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which run is meant: an embedded one by its folder, or any by its parts. */
public final class RunOptions {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".kraftlift/demo",
            description = "Folder of an embedded run (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of(".kraftlift", "demo");

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file of the migration.")
    private @Nullable Path config;

    @Option(names = "--migration", paramLabel = "ID", description = "Id of the migration.")
    private @Nullable String migration;

    @Option(names = "--endpoint-url", paramLabel = "URL", description = "Where Step Functions answers.")
    private @Nullable URI endpoint;

    @Option(names = "--execution", paramLabel = "ARN", description = "ARN of the execution.")
    private @Nullable String execution;

    /** Made by picocli. */
    public RunOptions() {}

    /**
     * The run that is meant.
     *
     * @throws CommandFailure NOTHING_THERE when neither folder nor options lead to one
     * @throws io.kraftlift.core.failures.OperatorActionNeeded CONFIGURATION_WRONG
     */
    public FoundRun find(Surroundings surroundings) {
        Optional<RunEndpoint> embedded = embedded();
        Path configFile = configuration();
        String id = Optional.ofNullable(migration)
                .or(() -> embedded.map(RunEndpoint::migration))
                .orElseThrow(this::nothing);
        ReadConfig read = new ConfigReader(surroundings.environment(), SecretsManagerSource.byDefaultChains())
                .read(configFile.toString(), content(configFile));
        MigrationRun first = new MigrationRun(idOf(id), read, surroundings);
        Optional<MigrationLease> lease = new LeaseObject(first).find();
        MigrationRun run = first.inRestart(lease.map(MigrationLease::restart).orElse(0));
        return new FoundRun(
                run,
                Optional.ofNullable(endpoint).or(() -> embedded.map(RunEndpoint::endpoint)),
                Optional.ofNullable(execution)
                        .or(() -> lease.map(MigrationLease::owner))
                        .or(() -> embedded.map(RunEndpoint::execution)));
    }

    /**
     * The configuration file that is meant: the one given, or that of the embedded run.
     *
     * @throws CommandFailure NOTHING_THERE when neither leads to one
     */
    public Path configuration() {
        return Optional.ofNullable(config)
                .or(() -> embedded().map(run -> Path.of(run.config())))
                .orElseThrow(this::nothing);
    }

    /** The options that were given, each after a space, as a shell takes them. */
    public String typed() {
        StringBuilder typed = new StringBuilder();
        if (!directory.equals(Path.of(".kraftlift", "demo"))) {
            typed.append(word("--dir", directory));
        }
        return typed.append(word("--config", config))
                .append(word("--migration", migration))
                .append(word("--endpoint-url", endpoint))
                .append(word("--execution", execution))
                .toString();
    }

    private static String word(String option, @Nullable Object value) {
        if (value == null) {
            return "";
        }
        return " " + option + " " + quoted(value.toString());
    }

    /** A text as one word for a shell. */
    public static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./:=@%+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private Optional<RunEndpoint> embedded() {
        Path file = directory.resolve("endpoint.json");
        return Files.exists(file)
                ? Optional.of(Documents.read(content(file), RunEndpoint.class, file.toString()))
                : Optional.empty();
    }

    private static MigrationId idOf(String text) {
        try {
            return new MigrationId(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--migration: " + e.getMessage(), e);
        }
    }

    private CommandFailure nothing() {
        return new CommandFailure(
                ExitCode.NOTHING_THERE,
                "there is no run in " + directory + " (no endpoint.json); give its folder with --dir, or --config and"
                        + " --migration");
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.NOTHING_THERE,
                    file + ": must be a readable file, was not (" + e.getClass().getSimpleName() + "); check the path",
                    e);
        }
    }
}
