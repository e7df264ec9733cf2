package io.kraftlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.cli.aws.FakeAws;
import io.kraftlift.cli.runs.SdkStepFunctions;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that need no deployment, and as whom and where they ask AWS. */
class SessionOptionsTest {
    private static final String CONFIGURATION = """
            source:
              cluster_arn: arn:aws:kafka:eu-west-1:111122223333:cluster/orders-zk/11111111-2222-3
              auth:
                mode: scram-sha-512
                username: copier
                password: "${secret:arn:aws:secretsmanager:eu-central-1:111122223333:secret:copier-a1b2c3#password}"
            target:
              cluster_arn: arn:aws:kafka:eu-west-1:111122223333:cluster/orders-kraft/44444444-5-6
              auth: {mode: iam}
            backup: {s3_bucket: backup}
            evidence: {s3_bucket: evidence}
            """;

    private final FakeAws aws = new FakeAws();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, @Nullable String> before = new HashMap<>();

    @TempDir
    private Path folder = Path.of("replaced by JUnit");

    @BeforeEach
    void knowTwoWhoCouldAsk() throws IOException {
        set("aws.endpointUrl", aws.uri().toString());
        set("aws.region", "eu-north-1");
        set("aws.accessKeyId", "OPERATOR");
        set("aws.secretAccessKey", "secret");
        set("aws.configFile", Files.writeString(folder.resolve("config"), "").toString());
        set(
                "aws.sharedCredentialsFile",
                Files.writeString(
                                folder.resolve("credentials"),
                                "[night]\naws_access_key_id = NIGHT\naws_secret_access_key = secret\n")
                        .toString());
    }

    @AfterEach
    void end() {
        aws.close();
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    @Test
    void planAsksForSecretsAndClustersByTheProfile() throws IOException {
        run("plan", "--out-dir", folder.resolve("plan").toString(), "--profile", "night", "--region", "us-east-2");

        assertThat(asked()).containsExactly("kafka eu-west-1 NIGHT", "secretsmanager eu-central-1 NIGHT");
    }

    @Test
    void precheckAsksForStoresClustersAndQuotasByTheProfileAndInTheRegion() throws IOException {
        run("precheck", "--profile", "night", "--region", "us-east-2");

        assertThat(asked())
                .containsExactly(
                        "kafka eu-west-1 NIGHT",
                        "s3 us-east-2 NIGHT",
                        "secretsmanager eu-central-1 NIGHT",
                        "servicequotas eu-west-1 NIGHT");
    }

    @Test
    void topologyAsksForStoresAndClustersByTheProfileAndInTheRegion() throws IOException {
        run("topology", "--migration", "orders", "--profile", "night", "--region", "us-east-2");

        assertThat(asked())
                .containsExactly("kafka eu-west-1 NIGHT", "s3 us-east-2 NIGHT", "secretsmanager eu-central-1 NIGHT");
    }

    @Test
    void theUsualChainSaysWhatIsNotGiven() throws IOException {
        run("precheck");

        assertThat(asked())
                .containsExactly(
                        "kafka eu-west-1 OPERATOR",
                        "s3 eu-north-1 OPERATOR",
                        "secretsmanager eu-central-1 OPERATOR",
                        "servicequotas eu-west-1 OPERATOR");
    }

    /** Each kind of request once, in alphabetical order. */
    private List<String> asked() {
        assertThat(aws.signed()).as("%s%s", out, err).isNotEmpty();
        return aws.signed().stream().distinct().sorted().toList();
    }

    private void run(String command, String... options) throws IOException {
        Path config = Files.writeString(folder.resolve("orders.yaml"), CONFIGURATION);
        List<String> arguments = new ArrayList<>(List.of(command, "--config", config.toString()));
        arguments.addAll(List.of(options));
        Terminal terminal = ScriptedTerminal.unattended(out, err);
        Surroundings surroundings = new Surroundings(Map.of(), Clock.systemUTC(), duration -> {}, new SecureRandom());
        Main.commandLine(terminal, surroundings, SdkStepFunctions::open).execute(arguments.toArray(String[]::new));
    }

    private void set(String name, String value) {
        before.putIfAbsent(name, System.getProperty(name));
        System.setProperty(name, value);
    }
}
