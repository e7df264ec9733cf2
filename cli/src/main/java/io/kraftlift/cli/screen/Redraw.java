package io.kraftlift.cli.screen;

import java.io.PrintWriter;
import java.util.List;

/** Draws a block of lines over the one before. Mutable; confined to one thread. */
public final class Redraw {
    private static final String TO_END = "\u001b[J";
    private static final String REST_OF_LINE = "\u001b[K";

    private final PrintWriter out;
    private int drawn;

    public Redraw(PrintWriter out) {
        this.out = out;
    }

    public void draw(List<String> lines) {
        StringBuilder block = new StringBuilder();
        if (drawn > 0) {
            block.append("\u001b[").append(drawn).append("A\r");
        }
        lines.forEach(line -> block.append(line).append(REST_OF_LINE).append('\n'));
        block.append(TO_END);
        out.print(block);
        out.flush();
        drawn = lines.size();
    }
}
