package io.kraftlift.core.msk;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BootstrapChoiceTest {
    private static final AuthSettings PLAINTEXT = new AuthSettings.Plaintext();
    private static final AuthSettings TLS = new AuthSettings.Tls(null);
    private static final AuthSettings MTLS = new AuthSettings.Mtls("client.p12", new Secret("p"), null);
    private static final AuthSettings SCRAM = new AuthSettings.ScramSha512("u", new Secret("p"), null);
    private static final AuthSettings IAM = new AuthSettings.Iam(null);

    @Test
    void takesForEachModeTheAddressesOfItsListener() {
        BootstrapStrings all = strings("b:9092", "b:9094", "b:9096", "b:9098", "p:9194", "p:9196", "p:9198");

        assertThat(chosen(PLAINTEXT, all)).isEqualTo("b:9092");
        assertThat(chosen(TLS, all)).isEqualTo("b:9094");
        assertThat(chosen(MTLS, all)).isEqualTo("b:9094");
        assertThat(chosen(SCRAM, all)).isEqualTo("b:9096");
        assertThat(chosen(IAM, all)).isEqualTo("b:9098");
    }

    @Test
    void takesAPublicAddressWhereThereIsNoOther() {
        BootstrapStrings open = strings("", "", "", "", "p:9194", "p:9196", "p:9198");

        assertThat(chosen(TLS, open)).isEqualTo("p:9194");
        assertThat(chosen(MTLS, open)).isEqualTo("p:9194");
        assertThat(chosen(SCRAM, open)).isEqualTo("p:9196");
        assertThat(chosen(IAM, open)).isEqualTo("p:9198");
    }

    @Test
    void saysWhatIsClosedAndForWhatThereIsAnAddress() {
        BootstrapStrings some = strings("", "b:9094", "", "b:9098", "", "", "");

        assertThat(refused(SCRAM, some))
                .isEqualTo(new BootstrapChoice.None(
                        "the cluster has no address for auth.mode scram-sha-512",
                        "turn on SASL/SCRAM authentication at the cluster, or set auth.mode to one that it has an"
                                + " address for (iam, mtls, tls)"));
        assertThat(refused(IAM, strings("", "", "", "", "", "", "")).remedy()).endsWith("(none now)");
    }

    private static String chosen(AuthSettings auth, BootstrapStrings strings) {
        return BootstrapChoice.of(auth, strings).fold(servers -> servers, none -> "none: " + none);
    }

    private static BootstrapChoice.None refused(AuthSettings auth, BootstrapStrings strings) {
        return BootstrapChoice.of(auth, strings)
                .fold(servers -> new BootstrapChoice.None("chose " + servers, ""), none -> none);
    }

    private static BootstrapStrings strings(String... servers) {
        return new BootstrapStrings(
                given(servers[0]),
                given(servers[1]),
                given(servers[2]),
                given(servers[3]),
                given(servers[4]),
                given(servers[5]),
                given(servers[6]));
    }

    private static Optional<String> given(String servers) {
        return Optional.of(servers).filter(text -> !text.isEmpty());
    }
}
