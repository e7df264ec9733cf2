package io.kraftlift.cli.screen;

import io.kraftlift.local.demo.ProgressSnapshot;
import io.kraftlift.local.demo.ProgressSnapshot.CopyProgress;
import io.kraftlift.local.demo.ProgressSnapshot.Mark;
import io.kraftlift.local.demo.ProgressSnapshot.PhaseProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One screen of progress: a line for each phase, the copy's bar and numbers, and what happens now.
 *
 * @param columns width; longer lines are cut
 */
public record ProgressScreen(int columns, boolean colours) {
    private static final int BAR = 30;

    /** The screen's lines. */
    public List<String> lines(ProgressSnapshot now) {
        List<String> lines = new ArrayList<>();
        lines.add(Paint.BOLD.on(cut("kraftlift: " + now.title()), colours));
        lines.add("");
        now.phases().forEach(phase -> lines.add(phaseLine(phase)));
        lines.add("");
        CopyProgress copy = now.copy();
        lines.add(cut("  " + bar(copy) + "  " + Quantities.bytes(copy.bytes())
                + (copy.bytesTotal() > 0 ? " of " + Quantities.bytes(copy.bytesTotal()) : "")));
        lines.add(cut("  " + rates(copy)));
        lines.add(cut("  " + backlog(now)));
        lines.add("");
        lines.add(cut("  " + now.doing()));
        now.waiting()
                .ifPresent(gate -> lines.add(Paint.YELLOW.on(
                        cut("  " + gate.question() + " Type yes or no, or: kraftlift approve --gate "
                                + gate.gate().objectName()),
                        colours)));
        return lines;
    }

    /** The same on one line, for where nothing can be drawn over. */
    public String line(ProgressSnapshot now) {
        String phase = now.phases().stream()
                .filter(p -> p.mark() == Mark.RUNNING || p.mark() == Mark.FAILED)
                .reduce((first, second) -> second)
                .map(p -> p.name() + " " + Quantities.duration(p.taken()))
                .orElse("-");
        return phase + " | " + Quantities.bytes(now.copy().bytes()) + " | " + rates(now.copy()) + " | " + backlog(now)
                + " | " + now.doing()
                + now.waiting()
                        .map(gate -> " | waits for a person: " + gate.question())
                        .orElse("");
    }

    private String phaseLine(PhaseProgress phase) {
        String taken = phase.mark() == Mark.WAITING
                ? ""
                : String.format(Locale.ROOT, "%8.1f s", phase.taken().toMillis() / 1_000.0);
        String text = String.format(Locale.ROOT, "%-24s%s", phase.name(), taken).stripTrailing();
        return switch (phase.mark()) {
            case WAITING -> Paint.DIM.on(cut("  · " + text), colours);
            case RUNNING -> Paint.BOLD.on(cut("  > " + text), colours);
            case DONE -> Paint.GREEN.on(cut("  ✓ " + text), colours);
            case FAILED -> Paint.RED.on(cut("  ✗ " + text), colours);
        };
    }

    private static String bar(CopyProgress copy) {
        double part = copy.bytesTotal() <= 0 ? 0 : Math.min(1, (double) copy.bytes() / copy.bytesTotal());
        int full = (int) Math.floor(part * BAR);
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "] "
                + String.format(Locale.ROOT, "%3d %%", (int) Math.floor(part * 100));
    }

    private static String rates(CopyProgress copy) {
        return Quantities.bytes(copy.bytesPerSecond()) + "/s, " + Quantities.count(Math.round(copy.recordsPerSecond()))
                + " records/s";
    }

    private static String backlog(ProgressSnapshot now) {
        CopyProgress copy = now.copy();
        return "lag " + Quantities.count(copy.lag())
                + copy.eta().map(eta -> ", ETA " + Quantities.duration(eta)).orElse("")
                + (copy.gaps() == 0 ? ", no gaps" : ", " + Quantities.count(copy.gaps()) + " gaps")
                + now.frozen()
                        .map(frozen -> ", frozen " + Quantities.seconds(frozen.toMillis()))
                        .orElse("");
    }

    /** By code points, so that no character is torn. */
    private String cut(String line) {
        return line.codePointCount(0, line.length()) <= columns
                ? line
                : line.substring(0, line.offsetByCodePoints(0, columns - 1)) + "…";
    }
}
