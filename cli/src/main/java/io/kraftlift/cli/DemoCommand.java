package io.kraftlift.cli;

import io.kraftlift.access.json.Documents;
import io.kraftlift.cli.screen.ProgressScreen;
import io.kraftlift.cli.screen.Redraw;
import io.kraftlift.cli.screen.SummaryTable;
import io.kraftlift.core.validation.Outcome;
import io.kraftlift.local.demo.DemoOptions;
import io.kraftlift.local.demo.DemoSession;
import io.kraftlift.local.demo.DemoStarter;
import io.kraftlift.local.demo.DemoSummary;
import io.kraftlift.local.demo.ProgressSnapshot;
import io.kraftlift.statemachine.Decision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kraftlift demo}: starts a demonstration, draws its progress, takes answers, and prints its summary. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Runs a whole migration between real brokers on this machine.")
final class DemoCommand implements Callable<Integer> {
    /** Four times a second looks steady and costs nothing. */
    private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(250);

    /** Drawings for each line where lines are written one below the other: a line in five seconds. */
    private static final int DRAWINGS_PER_LINE = 20;

    private final Terminal terminal;
    private final RootCommand root;
    private final DemoStarter starter;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".kraftlift/demo",
            description = "Run folder (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of(".kraftlift", "demo");

    @Option(
            names = "--scale",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description = "Amount of data; 1 is about 200 MB (default: ${DEFAULT-VALUE}).")
    private double scale = 1;

    @Option(names = "--yes", description = "Approve every gate without asking.")
    private boolean yes;

    @Option(names = "--keep", description = "Keep the brokers up at the end, until interrupted.")
    private boolean keep;

    DemoCommand(Terminal terminal, RootCommand root, DemoStarter starter) {
        this.terminal = terminal;
        this.root = root;
        this.starter = starter;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (DemoSession session = starter.start(options())) {
            DemoSummary summary = watch(session);
            if (root.json()) {
                terminal.out().println(Documents.writeText(summary));
            } else {
                terminal.out().println();
                new SummaryTable(terminal.colours()).lines(summary).forEach(terminal.out()::println);
            }
            return exitCodeOf(summary.overall()).number();
        }
    }

    private DemoOptions options() {
        try {
            return new DemoOptions(
                    directory,
                    scale,
                    yes ? DemoOptions.Approval.GIVEN : DemoOptions.Approval.ASKED,
                    keep ? DemoOptions.Ending.KEEP : DemoOptions.Ending.STOP);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private DemoSummary watch(DemoSession session) throws InterruptedException {
        ProgressScreen screen = new ProgressScreen(terminal.columns(), terminal.colours());
        Redraw redraw = new Redraw(terminal.out());
        for (int drawing = 0; ; drawing++) {
            ProgressSnapshot now = session.snapshot();
            if (root.json()) {
                // One object at the end, and nothing before it.
            } else if (terminal.redrawing()) {
                redraw.draw(screen.lines(now));
            } else if (drawing % DRAWINGS_PER_LINE == 0) {
                terminal.out().println(screen.line(now));
            }
            answer(session, now);
            Optional<DemoSummary> summary = session.await(BETWEEN_DRAWINGS);
            if (summary.isPresent()) {
                if (!root.json() && terminal.redrawing()) {
                    redraw.draw(screen.lines(session.snapshot()));
                }
                return summary.get();
            }
        }
    }

    /** What was typed while no gate waits is no answer and is read away. */
    private void answer(DemoSession session, ProgressSnapshot now) {
        Optional<String> typed = terminal.typedLine().map(String::strip);
        now.waiting()
                .ifPresent(gate -> typed.ifPresent(line -> {
                    if (line.equals("yes")) {
                        session.decide(gate.gate(), Decision.APPROVE);
                    } else if (line.equals("no")) {
                        session.decide(gate.gate(), Decision.REJECT);
                    }
                }));
    }

    private static ExitCode exitCodeOf(Outcome overall) {
        return switch (overall) {
            case PASSED -> ExitCode.OK;
            case WARNING -> ExitCode.CHECKS_WARNED;
            case FAILED -> ExitCode.CHECKS_FAILED;
        };
    }
}
