package io.kraftlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.access.json.Documents;
import io.kraftlift.core.validation.Outcome;
import io.kraftlift.local.demo.DemoOptions;
import io.kraftlift.local.demo.DemoSession;
import io.kraftlift.local.demo.DemoSummary;
import io.kraftlift.local.demo.DemoSummary.Check;
import io.kraftlift.local.demo.DemoSummary.ConsumerTally;
import io.kraftlift.local.demo.ProgressSnapshot;
import io.kraftlift.local.demo.ProgressSnapshot.CopyProgress;
import io.kraftlift.local.demo.ProgressSnapshot.Mark;
import io.kraftlift.local.demo.ProgressSnapshot.PhaseProgress;
import io.kraftlift.local.demo.ProgressSnapshot.WaitingGate;
import io.kraftlift.statemachine.Decision;
import io.kraftlift.statemachine.Gate;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DemoCommandTest {
    private final StringWriter out = new StringWriter();
    private final List<DemoOptions> started = new ArrayList<>();
    private final FakeSession session = new FakeSession();

    @Test
    void passesItsOptionsOn() {
        run("", "--dir", "elsewhere", "--scale", "0.25", "--yes", "--keep");

        assertThat(started)
                .containsExactly(new DemoOptions(
                        Path.of("elsewhere"), 0.25, DemoOptions.Approval.GIVEN, DemoOptions.Ending.KEEP));
    }

    @Test
    void refusesAScaleOfNothing() {
        assertThat(run("", "--scale", "0")).isEqualTo(2);
        assertThat(started).isEmpty();
    }

    @Test
    void drawsProgressThenTheSummaryAndEndsTheSession() {
        assertThat(run("")).isZero();
        assertThat(out.toString().lines())
                .startsWith("seed 2s | 7 B | 0 B/s, 0 records/s | lag 0, no gaps | copies")
                .contains("Migration demo-1", "  result     PASSED");
        assertThat(session.closed).isTrue();
    }

    @Test
    void printsOnlyOneObjectWhenJsonIsAskedFor() throws Exception {
        run("", "--json");

        assertThat(Documents.mapper().readTree(out.toString()).path("records").asLong())
                .isEqualTo(50);
        assertThat(out.toString().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"yes, CUTOVER APPROVE", "no, CUTOVER REJECT"})
    void takesAnAnswerForTheGateThatWaits(String typed, String expected) {
        session.waiting = Optional.of(new WaitingGate(Gate.CUTOVER, "Cut over?"));

        run(typed + "\n");

        assertThat(session.decisions).containsExactly(expected);
    }

    @Test
    void takesNoAnswerBeforeAGateWaits() {
        run("yes\n");

        assertThat(session.decisions).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PASSED, 0", "WARNING, 9", "FAILED, 8"})
    void exitsWithTheWorstOfTheChecks(Outcome outcome, int code) {
        session.outcome = outcome;

        assertThat(run("")).isEqualTo(code);
    }

    private int run(String typed, String... arguments) {
        Terminal terminal = typed.isEmpty()
                ? ScriptedTerminal.unattended(out, new StringWriter())
                : ScriptedTerminal.typing(typed, out, new StringWriter());
        RootCommand root = new RootCommand();
        FailurePrinter failures = new FailurePrinter(terminal, root);
        String[] all = new String[arguments.length + 1];
        all[0] = "demo";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new CommandLine(root)
                .addSubcommand(new DemoCommand(terminal, root, options -> {
                    started.add(options);
                    return session;
                }))
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures)
                .execute(all);
    }

    /** A run that has ended when it is asked for the third time. Confined to the test's thread. */
    private static final class FakeSession implements DemoSession {
        private final List<String> decisions = new ArrayList<>();
        private Optional<WaitingGate> waiting = Optional.empty();
        private Outcome outcome = Outcome.PASSED;
        private boolean closed;
        private int asked;

        @Override
        public ProgressSnapshot snapshot() {
            return new ProgressSnapshot(
                    "demo-1",
                    List.of(new PhaseProgress("seed", Mark.RUNNING, Duration.ofSeconds(2))),
                    "copies",
                    new CopyProgress(3, 7, 0, 0, 0, 0, Optional.empty(), 0),
                    Optional.empty(),
                    waiting);
        }

        @Override
        public void decide(Gate gate, Decision decision) {
            decisions.add(gate + " " + decision);
        }

        @Override
        public Optional<DemoSummary> await(Duration timeout) {
            asked++;
            return asked < 3
                    ? Optional.empty()
                    : Optional.of(new DemoSummary(
                            "demo-1",
                            1,
                            2,
                            50,
                            7,
                            List.of(),
                            0,
                            List.of(),
                            4,
                            List.of(new Check("records", outcome, "")),
                            new ConsumerTally(6, 6, 0, 0),
                            "evidence.json"));
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
