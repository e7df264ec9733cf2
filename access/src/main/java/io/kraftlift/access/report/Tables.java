package io.kraftlift.access.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The sections of a report that are tables. */
final class Tables {
    private static final List<String> CHECKS = List.of(
            "topic_parity",
            "counts_and_offsets",
            "records",
            "spot_check_records",
            "sentinel_presence",
            "consumer_group_reconciliation");

    private final Bundle bundle;
    private final Html html;

    Tables(Bundle bundle, Html html) {
        this.bundle = bundle;
        this.html = html;
    }

    void checks() {
        html.heading("checks", "Checks");
        JsonNode validation = bundle.path("validation");
        List<List<String>> rows = new ArrayList<>();
        for (String check : CHECKS) {
            JsonNode result = validation.path(check);
            if (result.isObject()) {
                rows.add(List.of(
                        Wording.words(check),
                        result.path("outcome").asText(),
                        Wording.numbers(result.path("numbers"))));
            }
        }
        html.table(List.of("Check", "Outcome", "Counted"), rows, "There is no validation.");
        for (String check : CHECKS) {
            remarks(Wording.words(check), validation.path(check).path("reasons"));
            remarks(
                    Wording.words(check) + ", to be known",
                    validation.path(check).path("notes"));
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

    void topics() {
        html.heading("topics", "Topics");
        List<List<String>> rows = new ArrayList<>();
        bundle.partitionsByTopic()
                .forEach((topic, partitions) -> rows.add(List.of(
                        topic,
                        Wording.number(partitions.size()),
                        Wording.number(partitions.stream()
                                .mapToLong(
                                        partition -> partition.path("records").asLong())
                                .sum()),
                        Wording.bytes(partitions.stream()
                                .mapToLong(partition -> partition.path("bytes").asLong())
                                .sum()))));
        limited(List.of("Topic", "Partitions", "Records", "Bytes"), rows, "Nothing was copied.");
    }

    void groups() {
        html.heading("groups", "Consumer groups");
        List<List<String>> rows = new ArrayList<>();
        Bundle.fields(bundle.path("groups").path("groups"))
                .forEach((group, report) -> Bundle.fields(report.path("positions"))
                        .forEach((partition, position) -> rows.add(List.of(
                                group,
                                partition,
                                Wording.number(position.path("source").asLong()),
                                position.path("target").isNumber()
                                        ? Wording.number(position.path("target").asLong())
                                        : "none",
                                Wording.words(position.path("kind").asText()),
                                Wording.words(position.path("outcome").asText())))));
        limited(
                List.of("Group", "Partition", "On the source", "On the target", "Translation", "Outcome"),
                rows,
                "No group had committed anything.");
        List<List<String>> skipped = new ArrayList<>();
        Bundle.fields(bundle.path("groups").path("skipped"))
                .forEach((group, why) -> skipped.add(List.of(group, why.asText())));
        if (!skipped.isEmpty()) {
            html.element("h3", "Groups that did not move");
            limited(List.of("Group", "Reason"), skipped, "");
        }
    }

    void gaps() {
        html.heading("gaps", "Gaps");
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode gap : bundle.path("gaps")) {
            rows.add(List.of(
                    gap.path("partition").asText(),
                    Wording.number(gap.path("first").asLong()),
                    Wording.number(gap.path("last").asLong())));
        }
        limited(
                List.of("Partition", "First offset", "Last offset"),
                rows,
                "Retention removed nothing before it was copied.");
    }

    void ended() {
        html.heading("ended", "Topics deleted on the source");
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode ended : bundle.path("ended")) {
            rows.add(List.of(
                    ended.path("partition").asText(),
                    ended.path("why").asText(),
                    Wording.number(ended.path("end").asLong())));
        }
        limited(
                List.of("Partition", "What happened", "Copied up to source offset"),
                rows,
                "No topic was deleted on the source while it was copied.");
    }

    void findings() {
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

    void approvals() {
        html.heading("approvals", "Approvals");
        List<List<String>> rows = new ArrayList<>();
        Bundle.fields(bundle.path("approvals")).forEach((gate, kept) -> {
            JsonNode decision = kept.path("decision").isObject() ? kept.path("decision") : kept;
            rows.add(List.of(
                    Wording.words(gate),
                    decision.path("decision").asText(),
                    decision.path("approver").asText(),
                    decision.path("ticket").asText(),
                    decision.path("plan").asText()));
        });
        limited(List.of("Gate", "Decision", "By", "Ticket", "Plan"), rows, "Nobody was asked.");
    }

    void holds() {
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

    void journal() {
        html.heading("journal", "Journal");
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode entry : bundle.path("journal")) {
            String from = entry.path("from").asText("");
            String to = entry.path("to").asText();
            rows.add(List.of(
                    Wording.time(entry.path("at").asText()),
                    from.isEmpty() || from.equals(to) ? to : from + " \u2192 " + to,
                    entry.path("what").asText(),
                    Wording.numbers(entry.path("facts"))));
        }
        limited(List.of("At", "Phase", "What", "Facts"), rows, "The journal is empty.");
    }

    private void limited(List<String> columns, List<List<String>> rows, String empty) {
        html.table(columns, rows.subList(0, Math.min(rows.size(), ReportPage.MOST_ROWS)), empty);
        if (rows.size() > ReportPage.MOST_ROWS) {
            html.raw("<p class=\"note\">")
                    .data("and " + Wording.number(rows.size() - ReportPage.MOST_ROWS) + " more rows in evidence.json")
                    .raw("</p>\n");
        }
    }
}
