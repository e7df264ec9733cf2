package io.kraftlift.cli.runs;

import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.core.migration.MigrationId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A configuration file on this machine. */
public record ConfigurationFile(Path path) {
    /**
     * Its bytes.
     *
     * @throws CommandFailure NOTHING_THERE when there is no such file
     */
    public byte[] content() {
        return contentOf(path);
    }

    public static byte[] contentOf(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.NOTHING_THERE,
                    file + ": must be a readable file, was not (" + e.getClass().getSimpleName() + "); check the path",
                    e);
        }
    }

    /** What a migration is called that nobody gives a name: {@code orders} for {@code orders.yaml}. */
    public String migration() {
        Path last = path.getFileName();
        String name = last == null ? "" : last.toString();
        int ending = name.lastIndexOf('.');
        return (ending > 0 ? name.substring(0, ending) : name)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
    }

    /**
     * A migration's id.
     *
     * @param option that it was given by, for the message
     * @throws CommandFailure USAGE when it is none
     */
    public static MigrationId idOf(String option, String text) {
        try {
            return new MigrationId(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, option + ": " + e.getMessage(), e);
        }
    }
}
