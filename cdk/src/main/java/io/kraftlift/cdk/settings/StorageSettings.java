package io.kraftlift.cdk.settings;

import org.jspecify.annotations.Nullable;

/**
 * The stores.
 *
 * @param backupBucket the name of one that is there; null when it is to be made
 * @param evidenceBucket the same
 * @param kmsKeyArn the key of both buckets; null for S3's own
 * @param evidenceLockDays how long Object Lock keeps every version in the evidence bucket
 */
public record StorageSettings(
        @Nullable String backupBucket,
        @Nullable String evidenceBucket,
        @Nullable String kmsKeyArn,
        int evidenceLockDays,
        LockMode evidenceLockMode) {
    /** Who may end a lock early: those with a permission for it, or nobody. */
    public enum LockMode {
        GOVERNANCE,
        COMPLIANCE
    }
}
