package io.kraftlift.access.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.report.Bars.Bar;
import io.kraftlift.core.evidence.SignedEvidence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Renders evidence as one HTML page that needs no network: {@code report.html}. It shows what the bundle has and leaves
 * out what it has not; only {@code evidence.json} proves anything, and the page says so.
 */
public final class ReportPage {
    /** More rows than these serve nobody on a page; the page says how many it leaves to the evidence. */
    private static final int MOST_ROWS = 1_000;

    /** In the order of the frozen window. */
    private static final List<String> FREEZE_PARTS =
            List.of("freeze", "sentinels", "drain", "groups", "floor", "ready");

    private static final List<String> CHECKS = List.of(
            "topic_parity",
            "counts_and_offsets",
            "records",
            "spot_check_records",
            "sentinel_presence",
            "consumer_group_reconciliation");

    private final SignedEvidence evidence;
    private final JsonNode bundle;
    private final Html html = new Html();

    private ReportPage(SignedEvidence evidence) {
        this.evidence = evidence;
        this.bundle = Sealing.bundleOf(evidence);
    }

    /** The page, in UTF-8. */
    public static byte[] render(SignedEvidence evidence) {
        return new ReportPage(evidence).page().getBytes(StandardCharsets.UTF_8);
    }

    private String page() {
        html.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
                .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src")
                .raw(" 'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
                .data("Migration " + text("/migration_id"))
                .raw("</title>\n<style>\n")
                .raw(style())
                .raw("</style></head><body>\n");
        header();
        checks();
        phases();
        freeze();
        copying();
        topics();
        groups();
        gaps();
        ended();
        findings();
        approvals();
        holds();
        journal();
        html.raw("<footer><p>")
                .data("This page shows what evidence.json holds; only that file is signed. Check it with ");
        html.element("code", "kraftlift verify evidence.json")
                .data(" and compare the key id with the one that you were told.")
                .raw("</p></footer>\n</body></html>\n");
        return html.toString();
    }

    private void header() {
        String overall = text("/validation/overall");
        html.raw("<header><p class=\"eyebrow\">Kraftlift migration evidence</p>")
                .element("h1", text("/migration_id"))
                .raw("<p class=\"verdict\">")
                .badge(overall)
                .element("span", verdict(overall))
                .raw("</p><dl>");
        define("Signed at", time(text("/sealed_at")));
        define("Key id", evidence.keyId().hex());
        define("Bundle SHA-256", evidence.bundleSha256().hex());
        define("Execution", text("/execution"));
        define("Configuration", text("/fingerprint"));
        html.raw("</dl></header>\n<div class=\"figures\">");
        figure(number(sumOfCopied("records")), "records copied");
        figure(bytes(sumOfCopied("bytes")), "of record batches");
        figure(number(partitionsByTopic().size()), "topics");
        figure(number(bundle.path("groups").path("groups").size()), "groups");
        if (bundle.path("cutover").path("frozen_millis").isNumber()) {
            figure(seconds(bundle.path("cutover").path("frozen_millis").asLong()), "producers frozen");
        }
        html.raw("</div>\n");
    }

    private static String verdict(String overall) {
        return switch (overall) {
            case "PASSED" -> "Every check passed.";
            case "WARNING" -> "No check failed; some things are to be known.";
            default -> "A check failed. The target is not proven to hold what the source held.";
        };
    }

    private void checks() {
        html.heading("checks", "Checks");
        JsonNode validation = bundle.path("validation");
        List<List<String>> rows = new ArrayList<>();
        for (String check : CHECKS) {
            JsonNode result = validation.path(check);
            if (result.isObject()) {
                rows.add(List.of(words(check), result.path("outcome").asText(), numbers(result.path("numbers"))));
            }
        }
        html.table(List.of("Check", "Outcome", "Counted"), rows, "There is no validation.");
        for (String check : CHECKS) {
            remarks(words(check), validation.path(check).path("reasons"));
            remarks(words(check) + ", to be known", validation.path(check).path("notes"));
        }
    }

    private void remarks(String title, JsonNode lines) {
        if (lines.isEmpty()) {
            return;
        }
        html.element("h3", title).raw("<ul>");
        lines.forEach(line -> html.element("li", line.asText()));
        html.raw("</ul>\n");
    }

    private void phases() {
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
            bars.add(phaseBar(phase, start, since, instant(text("/sealed_at"))));
            Bars.draw(html, "How long each phase took", bars);
        } else {
            html.raw("<p class=\"none\">The journal is empty.</p>\n");
        }
    }

    private static Bar phaseBar(String phase, Instant start, Instant from, Instant until) {
        long millis = Math.max(0, Duration.between(from, until).toMillis());
        return new Bar(words(phase), Duration.between(start, from).toMillis(), millis, seconds(millis));
    }

    private void freeze() {
        html.heading("freeze", "Producer freeze");
        JsonNode parts = bundle.path("cutover").path("part_millis");
        List<Bar> bars = new ArrayList<>();
        double start = 0;
        for (String part : FREEZE_PARTS) {
            if (parts.path(part).isNumber()) {
                long millis = parts.path(part).asLong();
                bars.add(new Bar(words(part), start, millis, seconds(millis)));
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
                        + seconds(bundle.path("cutover").path("frozen_millis").asLong()) + ", from "
                        + time(text("/cutover/timeline/freeze_requested_at")) + " to "
                        + time(text("/cutover/timeline/ready_at")) + ".")
                .raw("</p>\n");
    }

    private void copying() {
        html.heading("copying", "Copying");
        List<Bar> bars = new ArrayList<>();
        fields(bundle.path("statistics").path("seed")).forEach((lane, result) -> {
            double seconds = result.path("seconds").asDouble();
            double rate = seconds > 0 ? result.path("bytes").asDouble() / seconds : 0;
            bars.add(new Bar("seed, lane " + lane, 0, rate, bytes((long) rate) + "/s"));
        });
        if (!bars.isEmpty()) {
            html.element("h3", "Throughput of the seed");
            Bars.draw(html, "Bytes per second of each lane's seed", bars);
        }
        List<List<String>> rows = new ArrayList<>();
        fields(bundle.path("statistics"))
                .forEach((mode, lanes) -> fields(lanes).forEach((lane, result) -> {
                    if (result.path("records").isNumber()) {
                        rows.add(List.of(
                                mode,
                                lane,
                                number(result.path("records").asLong()),
                                bytes(result.path("bytes").asLong()),
                                number(result.path("passed_through").asLong()),
                                number(result.path("rebuilt").asLong()),
                                seconds((long) (result.path("seconds").asDouble() * 1000))));
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
        fields(ready.path("lagging")).forEach((partition, lag) -> {
            if (bars.size() < MOST_ROWS) {
                bars.add(new Bar(partition, 0, lag.asDouble(), number(lag.asLong()) + " offsets"));
            }
        });
        if (bars.isEmpty()) {
            html.raw("<p class=\"none\">No partition had any.</p>\n");
        } else {
            Bars.draw(html, "Offsets behind the source", bars);
        }
    }

    private void topics() {
        html.heading("topics", "Topics");
        List<List<String>> rows = new ArrayList<>();
        partitionsByTopic()
                .forEach((topic, partitions) -> rows.add(List.of(
                        topic,
                        number(partitions.size()),
                        number(partitions.stream()
                                .mapToLong(
                                        partition -> partition.path("records").asLong())
                                .sum()),
                        bytes(partitions.stream()
                                .mapToLong(partition -> partition.path("bytes").asLong())
                                .sum()))));
        limited(List.of("Topic", "Partitions", "Records", "Bytes"), rows, "Nothing was copied.");
    }

    private void groups() {
        html.heading("groups", "Consumer groups");
        List<List<String>> rows = new ArrayList<>();
        fields(bundle.path("groups").path("groups"))
                .forEach((group, report) -> fields(report.path("positions"))
                        .forEach((partition, position) -> rows.add(List.of(
                                group,
                                partition,
                                number(position.path("source").asLong()),
                                position.path("target").isNumber()
                                        ? number(position.path("target").asLong())
                                        : "none",
                                words(position.path("kind").asText()),
                                words(position.path("outcome").asText())))));
        limited(
                List.of("Group", "Partition", "On the source", "On the target", "Translation", "Outcome"),
                rows,
                "No group had committed anything.");
        List<List<String>> skipped = new ArrayList<>();
        fields(bundle.path("groups").path("skipped"))
                .forEach((group, why) -> skipped.add(List.of(group, why.asText())));
        if (!skipped.isEmpty()) {
            html.element("h3", "Groups that did not move");
            limited(List.of("Group", "Reason"), skipped, "");
        }
    }

    private void gaps() {
        html.heading("gaps", "Gaps");
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode gap : bundle.path("gaps")) {
            rows.add(List.of(
                    gap.path("partition").asText(),
                    number(gap.path("first").asLong()),
                    number(gap.path("last").asLong())));
        }
        limited(
                List.of("Partition", "First offset", "Last offset"),
                rows,
                "Retention removed nothing before it was copied.");
    }

    private void ended() {
        html.heading("ended", "Topics deleted on the source");
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode ended : bundle.path("ended")) {
            rows.add(List.of(
                    ended.path("partition").asText(),
                    ended.path("why").asText(),
                    number(ended.path("end").asLong())));
        }
        limited(
                List.of("Partition", "What happened", "Copied up to source offset"),
                rows,
                "No topic was deleted on the source while it was copied.");
    }

    private void findings() {
        html.heading("findings", "Precheck findings");
        JsonNode document = bundle.path("findings");
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode finding : document.isArray() ? document : document.path("findings")) {
            rows.add(List.of(
                    finding.path("code").asText(),
                    finding.path("subject").asText(),
                    finding.path("seen").asText(),
                    finding.path("remedy").asText()));
        }
        limited(List.of("Code", "Subject", "Seen", "Remedy"), rows, "The precheck found nothing.");
    }

    private void approvals() {
        html.heading("approvals", "Approvals");
        List<List<String>> rows = new ArrayList<>();
        fields(bundle.path("approvals")).forEach((gate, kept) -> {
            JsonNode decision = kept.path("decision").isObject() ? kept.path("decision") : kept;
            rows.add(List.of(
                    words(gate),
                    decision.path("decision").asText(),
                    decision.path("approver").asText(),
                    decision.path("ticket").asText(),
                    decision.path("plan").asText()));
        });
        limited(List.of("Gate", "Decision", "By", "Ticket", "Plan"), rows, "Nobody was asked.");
    }

    private void holds() {
        html.heading("holds", "Settings held while copying, and given back");
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode hold : bundle.path("holds_released")) {
            rows.add(List.of(
                    hold.path("topic").asText(),
                    hold.path("key").asText(),
                    hold.path("held").asText(),
                    hold.path("restored").asText("the default")));
        }
        limited(List.of("Topic", "Setting", "While copying", "Now"), rows, "None were given back.");
    }

    private void journal() {
        html.heading("journal", "Journal");
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode entry : bundle.path("journal")) {
            String from = entry.path("from").asText("");
            String to = entry.path("to").asText();
            rows.add(List.of(
                    time(entry.path("at").asText()),
                    from.isEmpty() || from.equals(to) ? to : from + " \u2192 " + to,
                    entry.path("what").asText(),
                    numbers(entry.path("facts"))));
        }
        limited(List.of("At", "Phase", "What", "Facts"), rows, "The journal is empty.");
    }

    private void limited(List<String> columns, List<List<String>> rows, String empty) {
        html.table(columns, rows.subList(0, Math.min(rows.size(), MOST_ROWS)), empty);
        if (rows.size() > MOST_ROWS) {
            html.raw("<p class=\"note\">")
                    .data("and " + number(rows.size() - MOST_ROWS) + " more rows in evidence.json")
                    .raw("</p>\n");
        }
    }

    private void define(String term, String value) {
        html.element("dt", term).raw("<dd class=\"mono\">").data(value).raw("</dd>");
    }

    private void figure(String value, String what) {
        html.raw("<div class=\"figure\">")
                .element("b", value)
                .element("span", what)
                .raw("</div>");
    }

    private Map<String, List<JsonNode>> partitionsByTopic() {
        Map<String, List<JsonNode>> topics = new TreeMap<>();
        for (JsonNode checkpoint : bundle.path("copied")) {
            fields(checkpoint.path("partitions"))
                    .forEach((partition, progress) -> topics.computeIfAbsent(
                                    partition.substring(0, Math.max(0, partition.lastIndexOf('/'))),
                                    t -> new ArrayList<>())
                            .add(progress));
        }
        return topics;
    }

    private long sumOfCopied(String what) {
        return partitionsByTopic().values().stream()
                .flatMap(List::stream)
                .mapToLong(progress -> progress.path(what).asLong())
                .sum();
    }

    private String text(String pointer) {
        return bundle.at(pointer).asText("");
    }

    private static Map<String, JsonNode> fields(JsonNode object) {
        Map<String, JsonNode> fields = new TreeMap<>();
        object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    private static String numbers(JsonNode facts) {
        List<String> words = new ArrayList<>();
        fields(facts)
                .forEach((name, value) ->
                        words.add(words(name) + " " + (value.isNumber() ? number(value.asLong()) : value.asText())));
        return String.join(" · ", words);
    }

    private static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String bytes(long value) {
        List<String> units = List.of("B", "KB", "MB", "GB", "TB", "PB");
        double rest = value;
        int unit = 0;
        while (rest >= 1000 && unit < units.size() - 1) {
            rest /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", rest, units.get(unit));
    }

    private static String seconds(long millis) {
        Duration duration = Duration.ofMillis(millis);
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : String.format(Locale.ROOT, "%.3f s", millis / 1000.0);
    }

    /** To the millisecond, in UTC. */
    private static String time(String iso) {
        try {
            return Instant.ofEpochMilli(Instant.parse(iso).toEpochMilli())
                    .toString()
                    .replace('T', ' ')
                    .replace("Z", " UTC");
        } catch (DateTimeException e) {
            return iso;
        }
    }

    private static Instant instant(String iso) {
        try {
            return Instant.parse(iso);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private static String style() {
        try (InputStream css =
                Objects.requireNonNull(ReportPage.class.getResourceAsStream("report.css"), "report.css is packaged")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("report.css", e);
        }
    }
}
