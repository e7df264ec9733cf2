package io.kraftlift.testkit.iam;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The access keys that a broker knows, in a properties file that is read at every sign-in, so that a key can be given and
 * taken at any time. A line is {@code <access key id>=<secret>} for a user's key, or
 * {@code <access key id>=<secret> <session token> <time when the session ends, as in ISO 8601>} for a role's.
 */
final class AccessKeys {
    private final Path file;

    AccessKeys(Path file) {
        this.file = file;
    }

    /** A key; token and end are those of a role's session. */
    record AccessKey(
            String secret, @Nullable String token, @Nullable Instant ends) {
        boolean ended(Instant now) {
            return ends != null && !now.isBefore(ends);
        }
    }

    Optional<AccessKey> find(String id) {
        Properties known = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            known.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
        return Optional.ofNullable(known.getProperty(id)).map(AccessKeys::key);
    }

    private static AccessKey key(String line) {
        String[] parts = line.split(" ", -1);
        return parts.length == 1
                ? new AccessKey(parts[0], null, null)
                : new AccessKey(parts[0], parts[1], Instant.parse(parts[2]));
    }
}
