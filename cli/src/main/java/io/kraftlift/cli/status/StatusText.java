package io.kraftlift.cli.status;

import io.kraftlift.cli.screen.Quantities;
import io.kraftlift.core.migration.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run's status as text. */
record StatusText(RunStatus status, Instant now) {
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
            lines.add("  gaps    " + (status.gaps() == 0 ? "none" : Quantities.count(status.gaps())));
        }
        lines.add("  next    " + status.next());
        status.command().ifPresent(command -> lines.add("          " + command));
        return lines;
    }

    /** Whether nothing more happens by itself. */
    static boolean isOver(RunStatus status) {
        return !status.execution().equals("RUNNING")
                || status.phase().filter(Phase.FINALIZED::equals).isPresent();
    }
}
