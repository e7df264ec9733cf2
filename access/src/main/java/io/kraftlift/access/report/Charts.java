package io.kraftlift.access.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.report.Bars.Bar;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sections of a report that draw: phases, the producer freeze, copying. */
final class Charts {
    /** In the order of the frozen window. */
    private static final List<String> FREEZE_PARTS =
            List.of("freeze", "sentinels", "drain", "groups", "floor", "ready");

    private final Bundle bundle;
    private final Html html;

    Charts(Bundle bundle, Html html) {
        this.bundle = bundle;
        this.html = html;
    }

    void phases() {
        html.heading("phases", "Phases");
        List<Bar> bars = new ArrayList<>();
        @Nullable Instant start = null;
        @Nullable Instant since = null;
        @Nullable String phase = null;
        for (JsonNode entry : bundle.path("journal")) {
            Instant at = instant(entry.path("at").asText());
            String to = entry.path("to").asText();
            if (start == null) {
                start = at;
            }
            if (phase != null && since != null && !phase.equals(to)) {
                bars.add(phaseBar(phase, start, since, at));
                since = at;
            }
            since = since == null ? at : since;
            phase = to;
        }
        if (phase != null && start != null && since != null) {
            bars.add(phaseBar(phase, start, since, instant(bundle.text("/sealed_at"))));
            Bars.draw(html, "How long each phase took", bars);
        } else {
            html.raw("<p class=\"none\">The journal is empty.</p>\n");
        }
    }

    private static Bar phaseBar(String phase, Instant start, Instant from, Instant until) {
        long millis = Math.max(0, Duration.between(from, until).toMillis());
        return new Bar(Wording.words(phase), Duration.between(start, from).toMillis(), millis, Wording.seconds(millis));
    }

    void freeze() {
        html.heading("freeze", "Producer freeze");
        JsonNode parts = bundle.path("cutover").path("part_millis");
        List<Bar> bars = new ArrayList<>();
        double start = 0;
        for (String part : FREEZE_PARTS) {
            if (parts.path(part).isNumber()) {
                long millis = parts.path(part).asLong();
                bars.add(new Bar(Wording.words(part), start, millis, Wording.seconds(millis)));
                start += millis;
            }
        }
        if (bars.isEmpty()) {
            html.raw("<p class=\"none\">There was no freeze.</p>\n");
            return;
        }
        Bars.draw(html, "The frozen window, part by part", bars);
        html.raw("<p class=\"note\">")
                .data("Producers were frozen for "
                        + Wording.seconds(
                                bundle.path("cutover").path("frozen_millis").asLong()) + ", from "
                        + Wording.time(bundle.text("/cutover/timeline/freeze_requested_at")) + " to "
                        + Wording.time(bundle.text("/cutover/timeline/ready_at")) + ".")
                .raw("</p>\n");
    }

    void copying() {
        html.heading("copying", "Copying");
        List<Bar> bars = new ArrayList<>();
        Bundle.fields(bundle.path("statistics").path("seed")).forEach((lane, result) -> {
            double seconds = result.path("seconds").asDouble();
            double rate = seconds > 0 ? result.path("bytes").asDouble() / seconds : 0;
            bars.add(new Bar("seed, lane " + lane, 0, rate, Wording.bytes((long) rate) + "/s"));
        });
        if (!bars.isEmpty()) {
            html.element("h3", "Throughput of the seed");
            Bars.draw(html, "Bytes per second of each lane's seed", bars);
        }
        List<List<String>> rows = new ArrayList<>();
        Bundle.fields(bundle.path("statistics"))
                .forEach((mode, lanes) -> Bundle.fields(lanes).forEach((lane, result) -> {
                    if (result.path("records").isNumber()) {
                        rows.add(List.of(
                                mode,
                                lane,
                                Wording.number(result.path("records").asLong()),
                                Wording.bytes(result.path("bytes").asLong()),
                                Wording.number(result.path("passed_through").asLong()),
                                Wording.number(result.path("rebuilt").asLong()),
                                Wording.seconds((long) (result.path("seconds").asDouble() * 1000))));
                    }
                }));
        html.table(
                List.of("Run", "Lane", "Records", "Bytes", "Batches unchanged", "Batches rebuilt", "Time"),
                rows,
                "There are no statistics of lanes.");
        lag();
    }

    private void lag() {
        JsonNode ready = bundle.path("results").path("drain-ready");
        if (!ready.isObject()) {
            return;
        }
        html.element("h3", "Lag when the cutover was approved");
        List<Bar> bars = new ArrayList<>();
        Bundle.fields(ready.path("lagging")).forEach((partition, lag) -> {
            if (bars.size() < ReportPage.MOST_ROWS) {
                bars.add(new Bar(partition, 0, lag.asDouble(), Wording.number(lag.asLong()) + " offsets"));
            }
        });
        if (bars.isEmpty()) {
            html.raw("<p class=\"none\">No partition had any.</p>\n");
        } else {
            Bars.draw(html, "Offsets behind the source", bars);
        }
    }

    private static Instant instant(String iso) {
        try {
            return Instant.parse(iso);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
