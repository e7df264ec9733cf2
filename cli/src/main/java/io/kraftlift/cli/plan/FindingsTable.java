package io.kraftlift.cli.plan;

import io.kraftlift.core.precheck.Finding;
import io.kraftlift.core.precheck.PrecheckReport;
import io.kraftlift.core.precheck.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A precheck's findings for a person: a block each, blockers first, and the counts at the end. */
final class FindingsTable {
    private static final String INDENT = "              ";
    private static final int NARROWEST = 40;

    private final int width;

    FindingsTable(int columns) {
        this.width = Math.max(NARROWEST, columns) - INDENT.length();
    }

    List<String> lines(PrecheckReport report) {
        List<String> lines = new ArrayList<>();
        for (Finding finding : report.findings()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s %-8s %s: %s",
                    finding.code(),
                    finding.severity().name().toLowerCase(Locale.ROOT),
                    finding.subject(),
                    finding.code().title()));
            block("seen", finding.seen(), lines);
            block("do", finding.remedy(), lines);
        }
        int blockers = report.of(Severity.BLOCKER).size();
        int warnings = report.of(Severity.WARNING).size();
        int infos = report.of(Severity.INFO).size();
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.add(counted(blockers, "blocker") + ", " + counted(warnings, "warning") + ", " + counted(infos, "info")
                + (blockers > 0
                        ? "; the migration cannot begin"
                        : warnings > 0
                                ? "; the migration can begin, a person should decide"
                                : "; nothing is in the way"));
        return lines;
    }

    private void block(String label, String text, List<String> lines) {
        String head = String.format(Locale.ROOT, "    %-10s", label);
        for (String line : wrapped(text)) {
            lines.add(head + line);
            head = INDENT;
        }
    }

    /** Broken at spaces; a word that is longer than the line has one of its own. */
    private List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (line.length() > 0) {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
