package io.kraftlift.cli.plan;

import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.access.secrets.SecretsManagerSource;
import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.runs.ConfigurationFile;
import io.kraftlift.core.migration.MigrationId;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that need a configuration and nothing that was deployed. */
final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "Configuration file of the migration.")
    private Path config = Path.of("migration.yaml");

    @Option(
            names = "--migration-id",
            paramLabel = "ID",
            description = "Id of the migration (default: the configuration file's name without its ending).")
    private @Nullable String migration;

    ConfigOptions() {}

    /**
     * The configuration.
     *
     * @throws CommandFailure NOTHING_THERE when there is no such file
     * @throws io.kraftlift.core.failures.OperatorActionNeeded CONFIGURATION_WRONG
     */
    ReadConfig read(Surroundings surroundings) {
        return new ConfigReader(surroundings.environment(), SecretsManagerSource.byDefaultChains())
                .read(config.toString(), new ConfigurationFile(config).content());
    }

    /**
     * The migration's id.
     *
     * @throws CommandFailure USAGE when it is none
     */
    MigrationId migration() {
        return ConfigurationFile.idOf(
                "--migration-id", migration == null ? new ConfigurationFile(config).migration() : migration);
    }
}
