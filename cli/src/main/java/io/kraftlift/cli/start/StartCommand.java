package io.kraftlift.cli.start;

import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.access.config.SecretSource;
import io.kraftlift.access.ownership.LeaseObject;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.cli.runs.ConfigOptions;
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

    @Mixin
    private ConfigOptions options = new ConfigOptions();

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
        ConfigurationFile file = options.file();
        MigrationId id = options.migration();
        ReadConfig read =
                ConfigReader.ofDeployment(SecretSource.UNREAD).read(file.path().toString(), file.content());
        Deployment deployment = Deployment.find(stack, options.session(), surroundings);
        RunReference run = new Handover(deployment, options.session()).of(id, file, read);
        StartRequest request = StartRequest.of(deployment, run, mode(), Optional.ofNullable(name));
        StatesEndpoint states = new StatesEndpoint(Optional.ofNullable(endpoint), options.session());
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
        MigrationRun run = new MigrationRun(id, read, surroundings.in(options.session()));
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
        return StartReport.options(
                deployment, id, new StatesEndpoint(Optional.ofNullable(endpoint), options.session()));
    }
}
