package io.kraftlift.cli.screen;

import io.kraftlift.core.validation.Outcome;
import io.kraftlift.local.demo.DemoSummary;
import io.kraftlift.local.demo.DemoSummary.Check;
import io.kraftlift.local.demo.DemoSummary.ConsumerTally;
import io.kraftlift.local.demo.DemoSummary.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table at the end of a run. */
public record SummaryTable(boolean colours) {
    /** The table's lines. */
    public List<String> lines(DemoSummary summary) {
        List<String> lines = new ArrayList<>();
        lines.add(Paint.BOLD.on("Migration " + summary.migration(), colours));
        lines.add(row(
                "copied",
                Quantities.count(summary.topics()) + " topics, "
                        + Quantities.count(summary.partitions()) + " partitions, " + Quantities.count(summary.records())
                        + " records, " + Quantities.bytes(summary.bytes())));
        lines.add(row("groups", Quantities.count(summary.groups()) + " moved"));
        lines.add(row("phases", parts(summary.phases())));
        lines.add(row(
                "frozen",
                Quantities.seconds(summary.frozenMillis())
                        + (summary.frozenParts().isEmpty() ? "" : ": " + parts(summary.frozenParts()))));
        lines.add("  checks");
        summary.checks().forEach(check -> lines.add(checkLine(check)));
        lines.add(row("consumer", consumer(summary.consumer())));
        lines.add(row("evidence", summary.evidence()));
        lines.add(row("result", painted(summary.overall())));
        return lines;
    }

    private static String row(String name, String value) {
        return String.format(Locale.ROOT, "  %-10s %s", name, value);
    }

    private String checkLine(Check check) {
        return String.format(Locale.ROOT, "    %-32s ", check.name())
                + painted(check.outcome())
                + (check.reason().isEmpty() ? "" : "  " + check.reason());
    }

    private String painted(Outcome outcome) {
        return switch (outcome) {
            case PASSED -> Paint.GREEN.on(outcome.name(), colours);
            case WARNING -> Paint.YELLOW.on(outcome.name(), colours);
            case FAILED -> Paint.RED.on(outcome.name(), colours);
        };
    }

    private String consumer(ConsumerTally tally) {
        String numbers = Quantities.count(tally.produced()) + " produced, " + Quantities.count(tally.seen()) + " read, "
                + Quantities.count(tally.missing()) + " missing, " + Quantities.count(tally.repeated()) + " repeated";
        return tally.exactlyOnce()
                ? numbers + ": " + Paint.GREEN.on("exactly once", colours)
                : numbers + ": " + Paint.RED.on("NOT exactly once", colours);
    }

    private static String parts(List<Part> parts) {
        return parts.stream()
                .map(part -> part.name() + " " + Quantities.seconds(part.millis()))
                .collect(Collectors.joining(", "));
    }
}
