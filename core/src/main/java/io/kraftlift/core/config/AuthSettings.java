package io.kraftlift.core.config;

import org.jspecify.annotations.Nullable;

/** How we prove to a cluster who we are, and how the connection is protected. */
public sealed interface AuthSettings {
    record Plaintext() implements AuthSettings {}

    /** TLS without a client certificate. */
    record Tls(@Nullable TrustSettings trust) implements AuthSettings {}

    /** TLS with a client certificate. */
    record Mtls(
            String keystore,
            Secret keystorePassword,
            @Nullable TrustSettings trust) implements AuthSettings {}

    record ScramSha512(
            String username, Secret password, @Nullable TrustSettings trust) implements AuthSettings {}

    /** AWS IAM over TLS, with the default credential chain. */
    record Iam(@Nullable TrustSettings trust) implements AuthSettings {}
}
