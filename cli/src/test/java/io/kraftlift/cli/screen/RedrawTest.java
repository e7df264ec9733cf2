package io.kraftlift.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedrawTest {
    private final StringWriter out = new StringWriter();
    private final Redraw redraw = new Redraw(new PrintWriter(out));

    @Test
    void goesUpOverTheBlockBefore() {
        redraw.draw(List.of("a", "b"));
        redraw.draw(List.of("c"));

        assertThat(out.toString()).isEqualTo("a\u001b[K\nb\u001b[K\n\u001b[J" + "\u001b[2A\rc\u001b[K\n\u001b[J");
    }

    @Test
    void goesUpOverWhatWasTypedToo() {
        redraw.draw(List.of("a"));
        redraw.typedBelow();
        redraw.draw(List.of("b"));

        assertThat(out.toString()).endsWith("\u001b[2A\rb\u001b[K\n\u001b[J");
    }
}
