package io.kraftlift.access.report;

import java.util.List;

/** HTML text in the making. What is given as data is escaped; only {@link #raw} is not. Mutable, for one thread. */
final class Html {
    private final StringBuilder text = new StringBuilder();

    /** Markup of our own. Never data. */
    Html raw(String markup) {
        text.append(markup);
        return this;
    }

    /** Data, in an element's content or in a quoted attribute. */
    Html data(String data) {
        for (int i = 0; i < data.length(); i++) {
            char c = data.charAt(i);
            switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append("&quot;");
                case '\'' -> text.append("&#39;");
                default -> text.append(c);
            }
        }
        return this;
    }

    /** An element with data in it. */
    Html element(String name, String data) {
        return raw("<" + name + ">").data(data).raw("</" + name + ">");
    }

    Html heading(String id, String title) {
        return raw("<h2 id=\"" + id + "\">").data(title).raw("</h2>\n");
    }

    /**
     * A table; a sentence instead where it has no rows.
     *
     * @param empty the sentence
     */
    Html table(List<String> columns, List<List<String>> rows, String empty) {
        if (rows.isEmpty()) {
            return raw("<p class=\"none\">").data(empty).raw("</p>\n");
        }
        raw("<div class=\"wide\"><table><thead><tr>");
        columns.forEach(column -> element("th", column));
        raw("</tr></thead><tbody>\n");
        for (List<String> row : rows) {
            raw("<tr>");
            row.forEach(this::cell);
            raw("</tr>\n");
        }
        return raw("</tbody></table></div>\n");
    }

    /** An outcome as a coloured word; its word says it without the colour. */
    Html badge(String outcome) {
        String kind = switch (outcome) {
            case "PASSED" -> "good";
            case "WARNING" -> "fair";
            default -> "bad";
        };
        return raw("<span class=\"badge " + kind + "\">").data(outcome).raw("</span>");
    }

    private void cell(String data) {
        boolean outcome = data.equals("PASSED") || data.equals("WARNING") || data.equals("FAILED");
        if (outcome) {
            raw("<td>").badge(data).raw("</td>");
        } else {
            raw(isNumber(data) ? "<td class=\"number\">" : "<td>").data(data).raw("</td>");
        }
    }

    /** Digits, grouped or with a fraction. */
    private static boolean isNumber(String data) {
        return !data.isEmpty() && data.chars().allMatch(c -> (c >= '0' && c <= '9') || c == ',' || c == '.');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
