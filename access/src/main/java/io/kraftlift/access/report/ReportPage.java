package io.kraftlift.access.report;

import io.kraftlift.core.evidence.SignedEvidence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Renders evidence as one HTML page that needs no network: {@code report.html}. It shows what the bundle has and leaves
 * out what it has not; only {@code evidence.json} proves anything, and the page says so.
 */
public final class ReportPage {
    /** More rows than these serve nobody on a page; the page says how many it leaves to the evidence. */
    static final int MOST_ROWS = 1_000;

    private final SignedEvidence evidence;
    private final Bundle bundle;
    private final Html html = new Html();

    private ReportPage(SignedEvidence evidence) {
        this.evidence = evidence;
        this.bundle = new Bundle(Sealing.bundleOf(evidence));
    }

    /** The page, in UTF-8. */
    public static byte[] render(SignedEvidence evidence) {
        return new ReportPage(evidence).page().getBytes(StandardCharsets.UTF_8);
    }

    private String page() {
        html.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
                .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src")
                .raw(" 'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
                .data("Migration " + bundle.text("/migration_id"))
                .raw("</title>\n<style>\n")
                .raw(style())
                .raw("</style></head><body>\n");
        header();
        Charts charts = new Charts(bundle, html);
        Tables tables = new Tables(bundle, html);
        tables.checks();
        charts.phases();
        charts.freeze();
        charts.copying();
        tables.topics();
        tables.groups();
        tables.gaps();
        tables.ended();
        tables.findings();
        tables.approvals();
        tables.holds();
        tables.journal();
        html.raw("<footer><p>")
                .data("This page shows what evidence.json holds; only that file is signed. Check it with ");
        html.element("code", "kraftlift verify evidence.json")
                .data(" and compare the key id with the one that you were told.")
                .raw("</p></footer>\n</body></html>\n");
        return html.toString();
    }

    private void header() {
        String overall = bundle.text("/validation/overall");
        html.raw("<header><p class=\"eyebrow\">Kraftlift migration evidence</p>")
                .element("h1", bundle.text("/migration_id"))
                .raw("<p class=\"verdict\">")
                .badge(overall)
                .element("span", verdict(overall))
                .raw("</p><dl>");
        define("Signed at", Wording.time(bundle.text("/sealed_at")));
        define("Key id", evidence.keyId().hex());
        define("Bundle SHA-256", evidence.bundleSha256().hex());
        define("Execution", bundle.text("/execution"));
        define("Configuration", bundle.text("/fingerprint"));
        html.raw("</dl></header>\n<div class=\"figures\">");
        figure(Wording.number(bundle.sumOfCopied("records")), "records copied");
        figure(Wording.bytes(bundle.sumOfCopied("bytes")), "of record batches");
        figure(Wording.number(bundle.partitionsByTopic().size()), "topics");
        figure(Wording.number(bundle.path("groups").path("groups").size()), "groups");
        if (bundle.path("cutover").path("frozen_millis").isNumber()) {
            figure(Wording.seconds(bundle.path("cutover").path("frozen_millis").asLong()), "producers frozen");
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

    private void define(String term, String value) {
        html.element("dt", term).raw("<dd class=\"mono\">").data(value).raw("</dd>");
    }

    private void figure(String value, String what) {
        html.raw("<div class=\"figure\">")
                .element("b", value)
                .element("span", what)
                .raw("</div>");
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
