package io.kraftlift.core.msk;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The addresses that MSK gives for a cluster, one per way in; empty where that way is closed. */
public record BootstrapStrings(
        Optional<String> plaintext,
        Optional<String> tls,
        Optional<String> scram,
        Optional<String> iam,
        Optional<String> publicTls,
        Optional<String> publicScram,
        Optional<String> publicIam) {
    /** By {@code auth.mode} in order, those that there are; a private address goes before a public one. */
    Map<String, String> byMode() {
        Map<String, String> byMode = new TreeMap<>();
        plaintext.ifPresent(servers -> byMode.put("plaintext", servers));
        // One listener serves clients with and without a certificate.
        tls.or(() -> publicTls).ifPresent(servers -> {
            byMode.put("tls", servers);
            byMode.put("mtls", servers);
        });
        scram.or(() -> publicScram).ifPresent(servers -> byMode.put("scram-sha-512", servers));
        iam.or(() -> publicIam).ifPresent(servers -> byMode.put("iam", servers));
        return byMode;
    }
}
