package io.kraftlift.core.msk;

import java.util.Optional;

/** The addresses that MSK gives for a cluster, one per way in; empty where that way is closed. */
public record BootstrapStrings(
        Optional<String> plaintext,
        Optional<String> tls,
        Optional<String> scram,
        Optional<String> iam,
        Optional<String> publicTls,
        Optional<String> publicScram,
        Optional<String> publicIam) {}
