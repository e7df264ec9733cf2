package io.kraftlift.cli.runs;

import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.access.config.SecretSource;
import io.kraftlift.access.config.StoredConfigurations;
import io.kraftlift.access.ownership.LeaseObject;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.cli.runs.ExecutionSearch.Found;
import io.kraftlift.core.migration.MigrationId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The runs of a deployment. An execution's input says which migration it is and where its configuration lies; secrets that
 * the configuration refers to are not read.
 */
record DeployedRuns(Deployment deployment, StatesEndpoint endpoint) {
    /**
     * Opens the run that is meant: the execution of that ARN; else the migration's execution that runs, or its newest; else,
     * where no migration is named, the only one that runs, or the newest of all.
     *
     * @param file a configuration to go on with, in place of the execution's
     * @throws CommandFailure NOTHING_THERE when there is none, USAGE when several migrations run and none is named
     */
    FoundRun open(
            Optional<String> execution,
            Optional<MigrationId> migration,
            Optional<Path> file,
            Surroundings surroundings) {
        Found found = find(execution, migration);
        ConfigReader reader = ConfigReader.ofDeployment(SecretSource.UNREAD);
        ReadConfig config = file.map(given -> reader.read(given.toString(), ConfigurationFile.contentOf(given)))
                .orElseGet(() -> new StoredConfigurations(reader, endpoint.session())
                        .read(found.run().config()));
        MigrationRun run = new MigrationRun(found.run().migration(), config, surroundings.in(endpoint.session()));
        return new FoundRun(
                LeaseObject.inLatestRestart(run), endpoint, Optional.of(found.arn()), Optional.of(deployment));
    }

    private Found find(Optional<String> execution, Optional<MigrationId> migration) {
        try (ExecutionSearch search = new ExecutionSearch(endpoint)) {
            if (execution.isPresent()) {
                return search.byArn(execution.get())
                        .filter(found -> migration.isEmpty()
                                || migration.get().equals(found.run().migration()))
                        .orElseThrow(() -> nothing("the execution " + execution.get(), migration));
            }
            List<Found> running = search.running(deployment.machine()).stream()
                    .filter(found -> migration.isEmpty()
                            || migration.get().equals(found.run().migration()))
                    .toList();
            requireOneMigration(running);
            return running.stream()
                    .findFirst()
                    .or(() -> search.newest(deployment.machine(), migration))
                    .orElseThrow(() -> nothing("an execution", migration));
        }
    }

    private static void requireOneMigration(List<Found> running) {
        TreeSet<String> migrations = running.stream()
                .map(found -> found.run().migration().value())
                .collect(Collectors.toCollection(TreeSet::new));
        if (migrations.size() > 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--migration: must be given where several migrations run, was not; give one of " + migrations);
        }
    }

    private CommandFailure nothing(String what, Optional<MigrationId> migration) {
        return new CommandFailure(
                ExitCode.NOTHING_THERE,
                "the deployment " + deployment.stack() + " must have " + what
                        + migration.map(id -> " of the migration " + id).orElse("")
                        + ", has none; begin it with kraftlift start, or correct --migration, --execution or --stack");
    }
}
