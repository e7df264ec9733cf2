package io.kraftlift.cli.runs;

import io.kraftlift.access.aws.AwsSession;
import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.access.secrets.SecretsManagerSource;
import io.kraftlift.core.migration.MigrationId;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that begin from a configuration file. */
public final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "Configuration file of the migration.")
    private Path config = Path.of("migration.yaml");

    @Option(
            names = {"--migration", "--migration-id"},
            paramLabel = "ID",
            description = "Id of the migration (default: the configuration file's name without its ending).")
    private @Nullable String migration;

    @Mixin
    private AwsOptions aws = new AwsOptions();

    /** Made by picocli. */
    public ConfigOptions() {}

    public ConfigurationFile file() {
        return new ConfigurationFile(config);
    }

    /**
     * The configuration, with the secrets that it refers to.
     *
     * @throws io.kraftlift.cli.CommandFailure NOTHING_THERE when there is no such file
     * @throws io.kraftlift.core.failures.OperatorActionNeeded CONFIGURATION_WRONG
     */
    public ReadConfig read(Surroundings surroundings) {
        return new ConfigReader(surroundings.environment(), SecretsManagerSource.of(session()))
                .read(config.toString(), file().content());
    }

    /**
     * The migration's id.
     *
     * @throws io.kraftlift.cli.CommandFailure USAGE when it is none
     */
    public MigrationId migration() {
        return ConfigurationFile.idOf("--migration", migration == null ? file().migration() : migration);
    }

    /** As whom AWS is asked, and where. */
    public AwsSession session() {
        return aws.session();
    }
}
