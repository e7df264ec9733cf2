package io.kraftlift.cli.start;

import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.access.config.SecretSource;
import io.kraftlift.access.ownership.LeaseObject;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.access.stores.ObjectStores;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.cli.runs.AwsOptions;
import io.kraftlift.cli.runs.ConfigurationFile;
import io.kraftlift.cli.runs.Deployment;
import io.kraftlift.cli.runs.FoundRun;
import io.kraftlift.cli.runs.StatesEndpoint;
import io.kraftlift.cli.runs.StepFunctions;
import io.kraftlift.cli.status.RunStatus;
import io.kraftlift.cli.status.StatusScreen;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.statemachine.Mode;
import io.kraftlift.statemachine.payloads.RunReference;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kraftlift start}: hands the configuration over and starts the deployment's machine by its alias. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = "Starts a migration, or only its plan and precheck, in a deployment. Starting the same again does"
                + " nothing while it runs.")
public final class StartCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Function<StatesEndpoint, StepFunctions> stepFunctions;
    private final StatusScreen screen;
    private final StartReport report;

    @Option(
            names = "--stack",
            paramLabel = "NAME",
            required = true,
            description = "Stack of the deployment, such as kraftlift-main.")
    private String stack = "";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "Configuration file of the migration.")
    private Path config = Path.of("migration.yaml");

    @Option(
            names = "--migration",
            paramLabel = "ID",
            description = "Id of the migration (default: the configuration file's name without its ending).")
    private @Nullable String migration;

    @Option(names = "--plan-only", description = "End after plan and precheck; nothing is changed on the clusters.")
    private boolean planOnly;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the execution (default: made of migration, mode and configuration).")
    private @Nullable String name;

    @Option(names = "--follow", description = "Show the progress until the execution ends.")
    private boolean follow;

    @Option(names = "--endpoint-url", paramLabel = "URL", description = "Where Step Functions answers.")
    private @Nullable URI endpoint;

    @Mixin
    private AwsOptions aws = new AwsOptions();

    public StartCommand(
            Surroundings surroundings,
            Function<StatesEndpoint, StepFunctions> stepFunctions,
            StatusScreen screen,
            StartReport report) {
        this.surroundings = surroundings;
        this.stepFunctions = stepFunctions;
        this.screen = screen;
        this.report = report;
    }

    @Override
    public Integer call() throws InterruptedException {
        ConfigurationFile file = new ConfigurationFile(config);
        MigrationId id = ConfigurationFile.idOf("--migration", migration == null ? file.migration() : migration);
        ReadConfig read = ConfigReader.ofDeployment(SecretSource.UNREAD).read(config.toString(), file.content());
        Deployment deployment = Deployment.find(stack, aws.session(), surroundings);
        RunReference run = new Handover(deployment, aws.session()).of(id, file, read);
        StartRequest request = StartRequest.of(deployment, run, mode(), Optional.ofNullable(name));
        StatesEndpoint states = new StatesEndpoint(Optional.ofNullable(endpoint), aws.session());
        String execution = start(states, request);
        report.say(new StartReport.Start(states, file, request, execution, options(deployment, id)));
        return (follow ? follow(id, read, new Running(deployment, states, execution)) : ExitCode.OK).number();
    }

    private record Running(Deployment deployment, StatesEndpoint states, String execution) {}

    private String start(StatesEndpoint states, StartRequest request) {
        try (StepFunctions functions = stepFunctions.apply(states)) {
            return functions.startExecution(request.stateMachine(), request.name(), request.input());
        }
    }

    private ExitCode follow(MigrationId id, ReadConfig read, Running running) throws InterruptedException {
        MigrationRun run = new MigrationRun(
                id,
                read,
                surroundings,
                new MigrationRun.Stores(
                        ObjectStores.open(read.config().backup(), aws.session()),
                        ObjectStores.open(read.config().evidence().store(), aws.session())));
        try (FoundRun found = new FoundRun(
                LeaseObject.inLatestRestart(run),
                running.states(),
                Optional.of(running.execution()),
                Optional.of(running.deployment()))) {
            RunStatus end = screen.follow(found, options(running.deployment(), id));
            return end.execution().equals("SUCCEEDED") || end.execution().equals("RUNNING")
                    ? ExitCode.OK
                    : ExitCode.OPERATOR_ACTION_NEEDED;
        }
    }

    private Mode mode() {
        return planOnly ? Mode.PLAN_ONLY : Mode.MIGRATE;
    }

    /** What names the started run in other commands. */
    private String options(Deployment deployment, MigrationId id) {
        return StartReport.options(deployment, id, new StatesEndpoint(Optional.ofNullable(endpoint), aws.session()));
    }
}
