package io.kraftlift.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.local.demo.ProgressSnapshot;
import io.kraftlift.local.demo.ProgressSnapshot.CopyProgress;
import io.kraftlift.local.demo.ProgressSnapshot.Mark;
import io.kraftlift.local.demo.ProgressSnapshot.PhaseProgress;
import io.kraftlift.local.demo.ProgressSnapshot.WaitingGate;
import io.kraftlift.statemachine.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressScreenTest {
    private static final ProgressSnapshot SEEDING = new ProgressSnapshot(
            "demo-1",
            List.of(
                    new PhaseProgress("precheck", Mark.DONE, Duration.ofMillis(1_250)),
                    new PhaseProgress("seed", Mark.RUNNING, Duration.ofMillis(12_340)),
                    new PhaseProgress("tail", Mark.WAITING, Duration.ZERO)),
            "lane 2 writes segment 7",
            new CopyProgress(
                    1_234_567,
                    150_000_000,
                    200_000_000,
                    41_234.4,
                    12_500_000,
                    98_765,
                    Optional.of(Duration.ofSeconds(75)),
                    0),
            Optional.empty(),
            Optional.empty());

    private static final ProgressSnapshot WAITING = new ProgressSnapshot(
            "demo-1",
            List.of(new PhaseProgress("tail", Mark.FAILED, Duration.ofSeconds(3))),
            "waits",
            new CopyProgress(5, 999, 0, 0, 0, 0, Optional.empty(), 2),
            Optional.of(Duration.ofMillis(4_321)),
            Optional.of(new WaitingGate(Gate.CUTOVER, "Cut over with lag 0?")));

    @Test
    void drawsPhasesBarNumbersAndWhatHappensNow() {
        assertThat(new ProgressScreen(80, false).lines(SEEDING))
                .containsExactly(
                        "kraftlift: demo-1",
                        "",
                        "  ✓ precheck                     1.3 s",
                        "  > seed                        12.3 s",
                        "  · tail",
                        "",
                        "  [######################........]  75 %  150.0 MB of 200.0 MB",
                        "  12.5 MB/s, 41,234 records/s",
                        "  lag 98,765, ETA 1m15s, no gaps",
                        "",
                        "  lane 2 writes segment 7");
    }

    @Test
    void drawsGapsFrozenTimeAndTheGateThatWaits() {
        assertThat(new ProgressScreen(120, false).lines(WAITING))
                .containsExactly(
                        "kraftlift: demo-1",
                        "",
                        "  ✗ tail                         3.0 s",
                        "",
                        "  [..............................]   0 %  999 B",
                        "  0 B/s, 0 records/s",
                        "  lag 0, 2 gaps, frozen 4.321 s",
                        "",
                        "  waits",
                        "  Cut over with lag 0? Type yes or no, or: kraftlift approve --gate cutover");
    }

    @Test
    void cutsLinesAtTheScreensWidth() {
        assertThat(new ProgressScreen(30, false).lines(SEEDING))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(30))
                .contains("  [######################....…");
    }

    @Test
    void colourChangesNothingButColour() {
        assertThat(new ProgressScreen(80, true)
                        .lines(WAITING).stream()
                                .map(line -> line.replaceAll("\u001b\\[[0-9]+m", ""))
                                .toList())
                .isEqualTo(new ProgressScreen(80, false).lines(WAITING));
        assertThat(new ProgressScreen(80, true).lines(SEEDING)).contains("\u001b[2m  · tail\u001b[0m");
    }

    @Test
    void saysTheSameOnOneLine() {
        ProgressScreen screen = new ProgressScreen(80, false);

        assertThat(screen.line(SEEDING))
                .isEqualTo("seed 12s | 150.0 MB | 12.5 MB/s, 41,234 records/s | lag 98,765, ETA 1m15s, no gaps"
                        + " | lane 2 writes segment 7");
        assertThat(screen.line(WAITING))
                .isEqualTo("tail 3s | 999 B | 0 B/s, 0 records/s | lag 0, 2 gaps, frozen 4.321 s | waits"
                        + " | waits for a person: Cut over with lag 0?");
    }
}
