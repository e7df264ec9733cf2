package io.kraftlift.cli.plan;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.cli.RootCommand;
import io.kraftlift.cli.Terminal;
import io.kraftlift.cli.runs.ConfigOptions;
import io.kraftlift.core.precheck.PrecheckReport;
import io.kraftlift.core.precheck.Severity;
import io.kraftlift.lambdas.precheck.PrecheckMigration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kraftlift precheck}: checks whether a migration may begin. The run's journal and results stay as they are. */
@Command(
        name = "precheck",
        mixinStandardHelpOptions = true,
        description = "Checks whether a migration may begin. Changes nothing on either cluster.",
        footer = "Exit codes: 0 clean, 9 warnings only, 10 blockers. The findings: docs/precheck-codes.md.")
public final class PrecheckCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Surroundings surroundings;
    private final RootCommand root;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    public PrecheckCommand(Terminal terminal, Surroundings surroundings, RootCommand root) {
        this.terminal = terminal;
        this.surroundings = surroundings;
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (MigrationRun run =
                new MigrationRun(options.migration(), options.read(surroundings), surroundings.in(options.session()))) {
            PrecheckReport report = new PrecheckMigration(run).report();
            if (root.json()) {
                terminal.out().println(Documents.writeText(report));
            } else {
                new FindingsTable(terminal.columns()).lines(report).forEach(terminal.out()::println);
            }
            return exitCodeOf(report).number();
        }
    }

    static ExitCode exitCodeOf(PrecheckReport report) {
        if (!report.of(Severity.BLOCKER).isEmpty()) {
            return ExitCode.BLOCKED;
        }
        return report.of(Severity.WARNING).isEmpty() ? ExitCode.OK : ExitCode.CHECKS_WARNED;
    }
}
