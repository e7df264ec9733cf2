package io.kraftlift.statemachine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The definitions of the state machines, as deployed and as run by the embedded run. */
public enum DefinitionFile {
    /** The migration. */
    MIGRATION("migration.asl.json"),
    /** The child machine that waits for the lag to be small. */
    DRAIN_POLLER("drain-poller.asl.json"),
    /** The machine that lets producers go on when their freeze is overdue. */
    FREEZE_GUARD("freeze-guard.asl.json");

    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([A-Za-z0-9]+)}");

    private final String resource;

    DefinitionFile(String resource) {
        this.resource = resource;
    }

    /** The definition with its substitutions unbound. */
    public String text() {
        try (InputStream in = DefinitionFile.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from this jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The definition with every {@code ${name}} replaced.
     *
     * @throws IllegalArgumentException naming a substitution that has no value
     */
    public String bind(Map<String, String> substitutions) {
        return SUBSTITUTION.matcher(text()).replaceAll(match -> {
            String value = substitutions.get(match.group(1));
            if (value == null) {
                throw new IllegalArgumentException(resource + ": the substitution " + match.group() + " has no value");
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
