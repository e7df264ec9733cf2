package io.kraftlift.access.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.SecretSource;
import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.topology.DriftPolicies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetPoliciesTest {
    @TempDir
    private Path folder = Path.of("replaced by JUnit");

    @Test
    void knowsItselfByTheSubjectOfItsCertificate() throws Exception {
        Path keystore = folder.resolve("client.p12");
        keytool(keystore);

        assertThat(policies(mtls(keystore)).ownPrincipals()).containsExactly("User:CN=mover,OU=Kafka\\, old,O=Shop");
    }

    @Test
    void saysThatAKeystoreCannotBeRead() throws IOException {
        Path keystore = Files.writeString(folder.resolve("client.p12"), "no keystore");

        assertThatThrownBy(() -> policies(mtls(keystore)))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageStartingWith("CONFIGURATION_WRONG: target.auth.keystore: must be a JKS or PKCS12 file")
                .hasMessageEndingWith("correct target.auth.keystore or target.auth.keystore_password");
    }

    @Test
    void knowsItselfByItsUserNameOrAsNobody() {
        assertThat(policies("{mode: scram-sha-512, username: mover, password: p}")
                        .ownPrincipals())
                .containsExactly("User:mover");
        assertThat(policies("{mode: plaintext}").ownPrincipals()).containsExactly("User:ANONYMOUS");
        assertThat(policies("{mode: tls}").ownPrincipals()).containsExactly("User:ANONYMOUS");
        assertThat(policies("{mode: iam}").ownPrincipals()).isEmpty();
    }

    private static String mtls(Path keystore) {
        return "{mode: mtls, keystore: " + keystore + ", keystore_password: changeit}";
    }

    private static DriftPolicies policies(String targetAuth) {
        return TargetPolicies.of(config(targetAuth));
    }

    private static MigrationConfig config(String targetAuth) {
        String yaml = """
                source: {bootstrap_servers: "old:9092", auth: {mode: plaintext}}
                target: {bootstrap_servers: "new:9092", auth: %s}
                backup: {directory: backup}
                evidence: {directory: evidence}
                """.formatted(targetAuth);
        return new ConfigReader(Map.of(), SecretSource.NONE)
                .read("m.yaml", yaml.getBytes(StandardCharsets.UTF_8))
                .config();
    }

    private void keytool(Path keystore) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "client",
                        "-dname",
                        "CN=mover, OU=\"Kafka, old\", O=Shop",
                        "-keystore",
                        keystore.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit"))
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
    }
}
