package io.kraftlift.access.report;

import java.util.List;
import java.util.Locale;

/** Horizontal bars as inline SVG, each with its label and value as text. */
final class Bars {
    private static final int WIDTH = 1000;
    private static final int LABELS = 190;
    private static final int VALUES = 150;
    private static final int ROW = 26;
    private static final int COLOURS = 6;

    private Bars() {}

    /**
     * One bar.
     *
     * @param start where it begins, in the unit of {@code length}
     * @param value the length in words
     */
    record Bar(String label, double start, double length, String value) {}

    /** Bars below each other on one scale, the furthest end being the full width. */
    static void draw(Html html, String title, List<Bar> bars) {
        double end = bars.stream()
                .mapToDouble(bar -> bar.start() + bar.length())
                .max()
                .orElse(0);
        int height = bars.size() * ROW + 6;
        html.raw("<svg role=\"img\" viewBox=\"0 0 " + WIDTH + " " + height + "\"><title>")
                .data(title)
                .raw("</title>\n");
        double scale = end > 0 ? (WIDTH - LABELS - VALUES) / end : 0;
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            int y = i * ROW + 4;
            html.raw("<text x=\"0\" y=\"" + (y + 14) + "\">").data(bar.label()).raw("</text>");
            rectangle(html, "track", LABELS, y, WIDTH - LABELS - VALUES);
            // A step of no time still is a step: two units keep it visible.
            rectangle(html, "p" + i % COLOURS, LABELS + bar.start() * scale, y, Math.max(2, bar.length() * scale));
            html.raw("<text class=\"dim\" x=\"" + (WIDTH - VALUES + 12) + "\" y=\"" + (y + 14) + "\">")
                    .data(bar.value())
                    .raw("</text>\n");
        }
        html.raw("</svg>\n");
    }

    private static void rectangle(Html html, String kind, double x, int y, double width) {
        html.raw(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"18\" rx=\"2\"/>",
                kind,
                x,
                y,
                width));
    }
}
