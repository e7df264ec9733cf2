package io.kraftlift.core.config;

import org.jspecify.annotations.Nullable;

/** How we prove to a cluster who we are, and how the connection is protected. */
public sealed interface AuthSettings {
    /** The word of {@code auth.mode}. */
    String mode();

    /**
     * What to look at when a cluster does not let us in, as the end of a message.
     *
     * @param auth the name of these settings in the configuration, such as {@code source.auth}
     */
    String remedy(String auth);

    record Plaintext() implements AuthSettings {
        @Override
        public String mode() {
            return "plaintext";
        }

        @Override
        public String remedy(String auth) {
            return "choose the listener's own way in with " + auth + ".mode";
        }
    }

    /** TLS without a client certificate. */
    record Tls(@Nullable TrustSettings trust) implements AuthSettings {
        @Override
        public String mode() {
            return "tls";
        }

        @Override
        public String remedy(String auth) {
            return "the brokers' certificates must be of an authority in " + auth
                    + ".truststore (Java's own, where it is not set) and name the host that is connected to, and the"
                    + " listener must ask for no client certificate";
        }
    }

    /** TLS with a client certificate. */
    record Mtls(
            String keystore,
            Secret keystorePassword,
            @Nullable TrustSettings trust) implements AuthSettings {
        @Override
        public String mode() {
            return "mtls";
        }

        @Override
        public String remedy(String auth) {
            return "the certificate in " + auth
                    + ".keystore must not have expired and be of an authority that the brokers"
                    + " trust, and theirs of one in " + auth + ".truststore (Java's own, where it is not set)";
        }
    }

    record ScramSha512(
            String username, Secret password, @Nullable TrustSettings trust) implements AuthSettings {
        @Override
        public String mode() {
            return "scram-sha-512";
        }

        @Override
        public String remedy(String auth) {
            return "check " + auth + ".username and " + auth
                    + ".password, on MSK also that the secret is associated with the cluster, and that the brokers'"
                    + " certificates are of an authority in " + auth + ".truststore (Java's own, where it is not set)";
        }
    }

    /** AWS IAM over TLS, with the default credential chain. */
    record Iam(@Nullable TrustSettings trust) implements AuthSettings {
        @Override
        public String mode() {
            return "iam";
        }

        @Override
        public String remedy(String auth) {
            return "the AWS credentials of this process must be valid now, its clock right, and its policy allow"
                    + " kafka-cluster:Connect on the cluster; and the listener must be the one for IAM";
        }
    }
}
