package io.kraftlift.core.config;

import org.jspecify.annotations.Nullable;

/** Where objects go. */
public sealed interface StoreSettings {
    /**
     * A bucket of S3.
     *
     * @param prefix empty, or ends with a slash
     */
    record Bucket(String bucket, String prefix, @Nullable String kmsKeyArn) implements StoreSettings {}

    record Directory(String path) implements StoreSettings {}
}
