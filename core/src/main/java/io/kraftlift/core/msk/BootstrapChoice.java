package io.kraftlift.core.msk;

import io.kraftlift.core.config.AuthSettings;
import java.util.Map;
import java.util.function.Function;

/** Which of a cluster's addresses the configured authentication leads to, or why none does. */
public sealed interface BootstrapChoice {
    /**
     * The addresses to use.
     *
     * @param servers {@code host:port}, comma separated
     */
    record Chosen(String servers) implements BootstrapChoice {
        @Override
        public <T> T fold(Function<String, T> chosen, Function<None, T> none) {
            return chosen.apply(servers);
        }
    }

    /**
     * No address fits.
     *
     * @param reason what is closed, for a person
     * @param remedy what opens it
     */
    record None(String reason, String remedy) implements BootstrapChoice {
        @Override
        public <T> T fold(Function<String, T> chosen, Function<None, T> none) {
            return none.apply(this);
        }
    }

    <T> T fold(Function<String, T> chosen, Function<None, T> none);

    /** Chooses. A private address goes before a public one. */
    static BootstrapChoice of(AuthSettings auth, BootstrapStrings strings) {
        if (auth instanceof AuthSettings.Plaintext) {
            return choose(strings, "plaintext", "unauthenticated access without TLS");
        }
        if (auth instanceof AuthSettings.Tls) {
            return choose(strings, "tls", "unauthenticated access with TLS");
        }
        if (auth instanceof AuthSettings.Mtls) {
            return choose(strings, "mtls", "TLS client authentication");
        }
        if (auth instanceof AuthSettings.ScramSha512) {
            return choose(strings, "scram-sha-512", "SASL/SCRAM authentication");
        }
        return choose(strings, "iam", "IAM role-based authentication");
    }

    private static BootstrapChoice choose(BootstrapStrings strings, String mode, String feature) {
        Map<String, String> byMode = strings.byMode();
        String chosen = byMode.get(mode);
        return chosen != null
                ? new Chosen(chosen)
                : new None(
                        "the cluster has no address for auth.mode " + mode,
                        "turn on " + feature + " at the cluster, or set auth.mode to one that it has an address for ("
                                + (byMode.isEmpty() ? "none now" : String.join(", ", byMode.keySet())) + ")");
    }
}
