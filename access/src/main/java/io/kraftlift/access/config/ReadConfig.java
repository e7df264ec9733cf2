package io.kraftlift.access.config;

import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.stores.Sha256;

/**
 * A configuration file as read.
 *
 * @param fingerprint the digest of the settings with references unresolved, so that no secret goes into it
 * @param redactedJson the settings as canonical JSON with references unresolved and secrets replaced by {@code ***}
 */
public record ReadConfig(MigrationConfig config, Sha256 fingerprint, String redactedJson) {}
