package io.kraftlift.core.config;

import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * Where evidence goes and who signs it.
 *
 * @param retention how long evidence is locked where the store can lock
 * @param signingKeyPath path of a PEM with an Ed25519 private key; null where {@code signingKey} is given, or where a key
 *     is made for the run
 * @param signingKey the PEM itself; null where it is in a file or none is given
 */
public record EvidenceSettings(
        StoreSettings store,
        Period retention,
        @Nullable String signingKeyPath,
        @Nullable Secret signingKey) {
    /** With the key in a file, or a key for the run. */
    public EvidenceSettings(StoreSettings store, Period retention, @Nullable String signingKeyPath) {
        this(store, retention, signingKeyPath, null);
    }
}
