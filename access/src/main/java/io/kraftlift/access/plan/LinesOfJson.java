package io.kraftlift.access.plan;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;

/** JSON with two spaces a level and one element a line, with the same line ends on every system. */
final class LinesOfJson extends DefaultPrettyPrinter {
    private static final long serialVersionUID = 1L;

    LinesOfJson() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        indentArraysWith(lines);
        indentObjectsWith(lines);
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
        return new LinesOfJson();
    }
}
