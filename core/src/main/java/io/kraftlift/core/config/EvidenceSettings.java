package io.kraftlift.core.config;

import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * Where evidence goes and who signs it.
 *
 * @param retention how long evidence is locked where the store can lock
 * @param signingKeyPath path of a PEM with an Ed25519 private key; null makes a key for the run
 */
public record EvidenceSettings(
        StoreSettings store, Period retention, @Nullable String signingKeyPath) {}
