package io.kraftlift.core.precheck;

import io.kraftlift.core.inventory.Reading;

/**
 * A KMS key that a store is configured with.
 *
 * @param store the configuration's key, {@code backup} or {@code evidence}
 * @param key the ARN that is configured
 * @param used the key that the probe's object was really encrypted with; empty text when with none
 */
public record KeyUse(String store, String key, Reading<String> used) {}
