package io.kraftlift.access.report;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.signing.SigningKey;
import io.kraftlift.core.config.Secret;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The key that a migration's evidence is signed with. */
public final class EvidenceKey {
    private EvidenceKey() {}

    /**
     * The key of the setting {@code evidence.signing_key} or {@code evidence.signing_key_path}; one made now where neither is
     * set.
     *
     * @throws io.kraftlift.core.failures.OperatorActionNeeded CONFIGURATION_WRONG when it is no Ed25519 key
     */
    public static SigningKey of(MigrationRun run) {
        @Nullable Secret secret = run.config().evidence().signingKey();
        if (secret != null) {
            return SigningKey.of(secret);
        }
        @Nullable String path = run.config().evidence().signingKeyPath();
        return path == null ? SigningKey.generate(run.surroundings().random()) : SigningKey.read(Path.of(path));
    }
}
