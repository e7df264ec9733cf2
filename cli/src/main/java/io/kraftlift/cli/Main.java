package io.kraftlift.cli;

import io.kraftlift.access.account.CallerIdentity;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.cli.gates.AcknowledgeCommand;
import io.kraftlift.cli.gates.ApproveCommand;
import io.kraftlift.cli.gates.Deciding;
import io.kraftlift.cli.gates.DeferCommand;
import io.kraftlift.cli.gates.RejectCommand;
import io.kraftlift.cli.plan.PlanCommand;
import io.kraftlift.cli.plan.PrecheckCommand;
import io.kraftlift.cli.resume.ResumeCommand;
import io.kraftlift.cli.rollback.RollbackCommand;
import io.kraftlift.cli.runs.FoundRun;
import io.kraftlift.cli.runs.SdkStepFunctions;
import io.kraftlift.cli.runs.StatesEndpoint;
import io.kraftlift.cli.runs.Steering;
import io.kraftlift.cli.runs.StepFunctions;
import io.kraftlift.cli.start.StartCommand;
import io.kraftlift.cli.start.StartReport;
import io.kraftlift.cli.status.JournalCommand;
import io.kraftlift.cli.status.StatusCommand;
import io.kraftlift.cli.status.StatusScreen;
import io.kraftlift.cli.topology.TopologyCommand;
import io.kraftlift.cli.verify.VerifyCommand;
import io.kraftlift.local.demo.LocalDemo;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/** The entry point of {@code kraftlift}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Surroundings surroundings = Surroundings.real();
        Terminal terminal = Terminal.ofProcess(surroundings.environment());
        int exitCode =
                commandLine(terminal, surroundings, SdkStepFunctions::open).execute(arguments);
        terminal.out().flush();
        System.exit(exitCode);
    }

    /** Every command, ready to run. */
    static CommandLine commandLine(
            Terminal terminal, Surroundings surroundings, Function<StatesEndpoint, StepFunctions> stepFunctions) {
        RootCommand root = new RootCommand();
        FailurePrinter failures = new FailurePrinter(terminal, root);
        Function<FoundRun, String> who = found ->
                found.knowsCallers() ? CallerIdentity.arn(found.endpoint().session()) : approver(surroundings);
        Steering steering = new Steering(terminal, root, surroundings, stepFunctions, who);
        Deciding deciding = new Deciding(steering);
        StatusScreen screen = new StatusScreen(terminal, surroundings, stepFunctions, root);
        return new CommandLine(root)
                .addSubcommand(new DemoCommand(terminal, root, LocalDemo.below(home(), surroundings)))
                .addSubcommand(new PlanCommand(terminal, surroundings, root))
                .addSubcommand(new PrecheckCommand(terminal, surroundings, root))
                .addSubcommand(new VerifyCommand(terminal, root))
                .addSubcommand(new ApproveCommand(deciding))
                .addSubcommand(new RejectCommand(deciding))
                .addSubcommand(new DeferCommand(deciding))
                .addSubcommand(new AcknowledgeCommand(deciding))
                .addSubcommand(new RollbackCommand(steering))
                .addSubcommand(new ResumeCommand(steering))
                .addSubcommand(new TopologyCommand(terminal, surroundings, root))
                .addSubcommand(new StartCommand(surroundings, stepFunctions, screen, new StartReport(terminal, root)))
                .addSubcommand(new StatusCommand(surroundings, screen))
                .addSubcommand(new JournalCommand(terminal, surroundings, root))
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(Math.max(60, Math.min(terminal.columns(), 120)))
                .setColorScheme(new ColorScheme.Builder(terminal.colours() ? Ansi.ON : Ansi.OFF)
                        .applySystemProperties()
                        .build())
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }

    /** The project's root folder, as the wrapper script says it. */
    private static Path home() {
        return Path.of(System.getProperty("kraftlift.home", "."));
    }

    /** Who decides, as far as this machine knows: {@code user@host}. */
    static String approver(Surroundings surroundings) {
        String user = System.getProperty("user.name", surroundings.environment().getOrDefault("USER", "unknown"));
        try {
            return user + "@" + InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return user + "@" + surroundings.environment().getOrDefault("HOSTNAME", "localhost");
        }
    }
}
