package io.kraftlift.cli.plan;

import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.access.secrets.SecretsManagerSource;
import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.core.migration.MigrationId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
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
                .read(config.toString(), content(config));
    }

    /**
     * The migration's id.
     *
     * @throws CommandFailure USAGE when it is none
     */
    MigrationId migration() {
        String id = migration == null ? nameOf(config) : migration;
        try {
            return new MigrationId(id);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--migration-id: " + e.getMessage(), e);
        }
    }

    /** {@code migration} of {@code migration.yaml}. */
    private static String nameOf(Path file) {
        Path last = file.getFileName();
        String name = last == null ? "" : last.toString();
        int ending = name.lastIndexOf('.');
        return (ending > 0 ? name.substring(0, ending) : name)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
    }

    static byte[] content(Path file) {
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
