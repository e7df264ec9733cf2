package io.kraftlift.access.config;

/** The words of {@code auth.mode}. */
enum AuthMode {
    IAM("iam"),
    SCRAM_SHA_512("scram-sha-512"),
    MTLS("mtls"),
    TLS("tls"),
    PLAINTEXT("plaintext");

    private final String word;

    AuthMode(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
