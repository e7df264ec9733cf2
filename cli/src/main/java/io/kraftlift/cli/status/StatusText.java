package io.kraftlift.cli.status;

import io.kraftlift.cli.screen.Quantities;
import io.kraftlift.core.migration.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A run's status as text. */
record StatusText(RunStatus status, Instant now) {
    /** More do not fit on a screen. */
    private static final int MOST_LINES = 10;

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Migration " + status.migration() + ": " + status.execution()
                + status.phase().map(phase -> ", " + phase.word()).orElse("")
                + status.since()
                        .map(since -> " for " + Quantities.duration(Duration.between(since, now)))
                        .orElse(""));
        status.cause().ifPresent(cause -> lines.add("  cause   " + cause));
        if (!status.last().isEmpty()) {
            lines.add("  last    " + status.last());
        }
        if (status.lanes() > 0) {
            lines.add("  copied  " + Quantities.count(status.records()) + " records, "
                    + Quantities.bytes(status.bytes()) + " by " + status.lanes() + " lanes over "
                    + Quantities.count(status.partitions()) + " partitions");
            lines.add("  rate    " + Quantities.bytes(status.bytesPerSecond()) + "/s, "
                    + Quantities.count(Math.round(status.recordsPerSecond())) + " records/s"
                    + status.etaSeconds()
                            .map(eta -> ", ETA " + Quantities.duration(Duration.ofSeconds(eta)))
                            .orElse(""));
            lines.add("  lag     largest " + Quantities.count(status.largestLag()) + ", total "
                    + Quantities.count(status.totalLag()));
            status.lagging()
                    .forEach(partition -> lines.add(String.format(
                            Locale.ROOT,
                            "          %12s  %s",
                            Quantities.count(partition.lag()),
                            partition.partition())));
            lines.add("  gaps    "
                    + (status.gaps().isEmpty()
                            ? "none"
                            : Quantities.count(status.gaps().size())));
            addSome(lines, status.gaps(), gap -> gap.partition() + " " + gap.first() + " to " + gap.last());
            if (!status.ended().isEmpty()) {
                lines.add(
                        "  ended   " + Quantities.count(status.ended().size()) + " partitions are gone on the source");
                addSome(
                        lines,
                        status.ended(),
                        ended -> ended.partition() + " " + ended.why() + ", copied up to " + ended.end());
            }
        }
        lines.add("  next    " + status.next());
        status.command().ifPresent(command -> lines.add("          " + command));
        return lines;
    }

    private static <T> void addSome(List<String> lines, List<T> things, Function<T, String> described) {
        things.stream().limit(MOST_LINES).forEach(thing -> lines.add("          " + described.apply(thing)));
        if (things.size() > MOST_LINES) {
            lines.add("          and " + Quantities.count(things.size() - MOST_LINES) + " more; --json has all");
        }
    }

    /** Whether nothing more happens by itself. */
    static boolean isOver(RunStatus status) {
        return !status.execution().equals("RUNNING")
                || status.phase().filter(Phase.FINALIZED::equals).isPresent();
    }
}
