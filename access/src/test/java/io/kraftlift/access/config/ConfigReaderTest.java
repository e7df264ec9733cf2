package io.kraftlift.access.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kraftlift.core.config.AclDrift;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ByteSize;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.config.ConfigDrift;
import io.kraftlift.core.config.CutoverSettings;
import io.kraftlift.core.config.EvidenceSettings;
import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.config.Secret;
import io.kraftlift.core.config.SeedSettings;
import io.kraftlift.core.config.SentinelKind;
import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.config.TopicSelection;
import io.kraftlift.core.config.TrustSettings;
import io.kraftlift.core.config.ValidationMode;
import io.kraftlift.core.config.ValidationSettings;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    private static final String SMALLEST = """
            source:
              bootstrap_servers: old:9092
              auth: {mode: plaintext}
            target:
              bootstrap_servers: new:9092
              auth: {mode: plaintext}
            backup: {directory: segments}
            evidence: {directory: proof}
            """;

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "KAFKA_PASSWORD", "hunter2",
            "KEYSTORE_PASS", "key-pass",
            "TRUST_PASS", "trust-pass",
            "OLD", "old-1:9094",
            "LAG", "seven");

    private final ConfigReader reader = new ConfigReader(ENVIRONMENT, (arn, key) -> arn + " has " + key);

    @ParameterizedTest
    @CsvSource(
            delimiter = '/',
            value = {
                "plaintext/",
                "tls/",
                "mtls/, keystore: k.jks, keystore_password: x",
                "scram-sha-512/, username: me, password: x",
                "iam/"
            })
    void callsAModeInMessagesAsTheFileDoes(String mode, @Nullable String more) {
        String yaml = SMALLEST.replaceFirst("mode: plaintext", "mode: " + mode + (more == null ? "" : more));

        AuthSettings auth = read(yaml).config().source().auth();

        assertThat(auth.mode()).isEqualTo(mode);
        assertThat(auth.remedy("source.auth")).isNotBlank();
    }

    @Test
    void fillsInEveryDefault() {
        MigrationConfig config = read(SMALLEST).config();

        assertThat(config)
                .isEqualTo(new MigrationConfig(
                        new ClusterSettings(new ClusterLocation.Bootstrap("old:9092"), new AuthSettings.Plaintext()),
                        new ClusterSettings(new ClusterLocation.Bootstrap("new:9092"), new AuthSettings.Plaintext()),
                        new TopicSelection(List.of(), List.of()),
                        new StoreSettings.Directory("segments"),
                        new EvidenceSettings(new StoreSettings.Directory("proof"), Period.ofYears(7), null),
                        new SeedSettings(4, ByteSize.mebibytes(32), 4, null),
                        ConfigDrift.OVERWRITE_WITH_SOURCE,
                        new CutoverSettings(
                                Duration.ofMinutes(30),
                                100,
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(60),
                                null,
                                null,
                                SentinelKind.RECORD,
                                Duration.ofDays(7)),
                        new ValidationSettings(ValidationMode.FULL, 1, 3),
                        AclDrift.MERGE));
    }

    @Test
    void readsEverySettingBelowTheOuterRoot() {
        MigrationConfig config = read("""
                enterprise:
                  msk_kraft_migration:
                    source:
                      cluster_arn: arn:aws:kafka:us-east-1:123456789012:cluster/prod-zk-cluster/abc-def-123
                      auth:
                        mode: scram-sha-512
                        username: mover
                        password: ${secret:arn:aws:secretsmanager:us-east-1:123456789012:secret:AmazonMSK_mover#password}
                        truststore: trust.p12
                        truststore_password: ${TRUST_PASS}
                    target:
                      bootstrap_servers: "new-1:9094, new-2:9094"
                      auth:
                        mode: mtls
                        keystore: key.jks
                        keystore_password: ${KEYSTORE_PASS}
                    topics:
                      include: ["orders-*", payments]
                      exclude:
                        - orders-test
                    backup:
                      s3_bucket: prod-migration-segments
                      s3_prefix: zk-to-kraft/
                      kms_key_arn: arn:aws:kms:us-east-1:123456789012:key/12ab
                    evidence:
                      s3_bucket: prod-migration-evidence
                      retention: 12w
                      signing_key_path: key.pem
                    seed:
                      max_concurrent_partitions: 9
                      segment_max_bytes: 2097152
                      workers: 3
                      max_bytes_per_second: 5MiB
                    topology: {on_config_drift: fail}
                    cutover:
                      drain_timeout: 1h30m
                      drain_max_partition_lag: 0
                      drain_stable_window: 500ms
                      max_producer_freeze: 10s
                      producer_freeze_webhook: https://internal-api.example.com/kafka/freeze
                      webhook_secret: in the clear
                      sentinel: record
                      approval_timeout: 2d
                    validation: {mode: sample, count_tolerance: 8, spot_check_records_per_partition: 6}
                    acl: {on_drift: report}
                """).config();

        assertThat(config)
                .isEqualTo(new MigrationConfig(
                        new ClusterSettings(
                                new ClusterLocation.Arn(
                                        "arn:aws:kafka:us-east-1:123456789012:cluster/prod-zk-cluster/abc-def-123"),
                                new AuthSettings.ScramSha512(
                                        "mover",
                                        new Secret(
                                                "arn:aws:secretsmanager:us-east-1:123456789012:secret:AmazonMSK_mover"
                                                        + " has password"),
                                        new TrustSettings("trust.p12", new Secret("trust-pass")))),
                        new ClusterSettings(
                                new ClusterLocation.Bootstrap("new-1:9094, new-2:9094"),
                                new AuthSettings.Mtls("key.jks", new Secret("key-pass"), null)),
                        new TopicSelection(List.of("orders-*", "payments"), List.of("orders-test")),
                        new StoreSettings.Bucket(
                                "prod-migration-segments",
                                "zk-to-kraft/",
                                "arn:aws:kms:us-east-1:123456789012:key/12ab"),
                        new EvidenceSettings(
                                new StoreSettings.Bucket("prod-migration-evidence", "", null),
                                Period.ofWeeks(12),
                                "key.pem"),
                        new SeedSettings(9, ByteSize.mebibytes(2), 3, ByteSize.mebibytes(5)),
                        ConfigDrift.FAIL,
                        new CutoverSettings(
                                Duration.ofMinutes(90),
                                0,
                                Duration.ofMillis(500),
                                Duration.ofSeconds(10),
                                URI.create("https://internal-api.example.com/kafka/freeze"),
                                new Secret("in the clear"),
                                SentinelKind.RECORD,
                                Duration.ofDays(2)),
                        new ValidationSettings(ValidationMode.SAMPLE, 8, 6),
                        AclDrift.REPORT));
    }

    @Test
    void reportsEveryErrorAtOnceInTheOrderOfTheFile() {
        assertThat(errorsOf("""
                source:
                  bootstrap_servers: old:9092
                  cluster_arn: arn:aws:kafka:us-east-1:123456789012:cluster/a/b
                  auth: {mode: iam, username: somebody}
                target:
                  auth: {mode: kerberos}
                backup:
                  directory: segments
                  s3_bucket: some-bucket
                  s3_prefix: no-slash
                seed:
                  workers: 0
                  wrokers: 3
                  segment_max_bytes: 32MB
                  seed: {}
                cutover:
                  drain_timeout: 30 minutes
                  drain_timeout: 5m
                  max_producer_freeze:
                  producer_freeze_webhook: ftp://example.com/
                  sentinel: token
                  reverse_replication_enabled: true
                validation: full
                acl: {on_drift: [merge]}
                topics: {include: orders}
                extra: 1
                """))
                .containsExactly(
                        "m.yaml:1:1: evidence.s3_bucket: evidence must have exactly one of s3_bucket and directory, was"
                                + " neither; write for example s3_bucket: prod-migration-segments",
                        "m.yaml:2:22: source.bootstrap_servers: source must have exactly one of cluster_arn and"
                                + " bootstrap_servers, was both; remove one of them",
                        "m.yaml:4:31: source.auth.username: must not stand with mode iam, was there; remove it or choose"
                                + " another mode",
                        "m.yaml:5:1: target.cluster_arn: target must have exactly one of cluster_arn and"
                                + " bootstrap_servers, was neither; write for example cluster_arn:"
                                + " arn:aws:kafka:us-east-1:123456789012:cluster/prod/abc-def-123",
                        "m.yaml:6:16: target.auth.mode: must be one of iam, mtls, plaintext, scram-sha-512, tls, was"
                                + " \"kerberos\"; write for example iam",
                        "m.yaml:8:14: backup.directory: backup must have exactly one of s3_bucket and directory, was"
                                + " both; remove one of them",
                        "m.yaml:10:14: backup.s3_prefix: must be names that each end with a slash, was \"no-slash\";"
                                + " write for example zk-to-kraft/",
                        "m.yaml:12:12: seed.workers: must be a whole number from 1 to 40, was \"0\"; write for example"
                                + " 1",
                        "m.yaml:13:3: seed.wrokers: must be a known setting of seed, was not; did you mean workers?",
                        "m.yaml:14:22: seed.segment_max_bytes: must be a size from 1MiB to 1GiB (B, KiB, MiB, GiB, TiB),"
                                + " was \"32MB\"; write for example 32MiB",
                        "m.yaml:15:3: seed.seed: must be a known setting of seed, was not; known are"
                                + " max_bytes_per_second, max_concurrent_partitions, segment_max_bytes, workers",
                        "m.yaml:17:18: cutover.drain_timeout: must be a duration from 1s to 7d, was \"30 minutes\";"
                                + " write for example 30m",
                        "m.yaml:18:3: cutover.drain_timeout: must stand once, was there already at line 17; remove one"
                                + " of the two",
                        "m.yaml:19:23: cutover.max_producer_freeze: must be a duration from 1s to 1h, was nothing;"
                                + " write for example 30m",
                        "m.yaml:20:28: cutover.producer_freeze_webhook: must be an http or https address without user"
                                + " information, was \"ftp://example.com/\"; write for example"
                                + " https://internal-api.example.com/kafka/freeze",
                        "m.yaml:21:13: cutover.sentinel: must be one of marker, record, was"
                                + " \"token\"; write for example marker",
                        "m.yaml:22:3: cutover.reverse_replication_enabled: is not accepted yet: this version does not"
                                + " copy from the target back to the source; remove the setting",
                        "m.yaml:23:13: validation: must be a section with settings below it, was a single value; indent"
                                + " its settings below it",
                        "m.yaml:24:17: acl.on_drift: must be one of merge, overwrite, report, was a list; write for"
                                + " example merge",
                        "m.yaml:25:19: topics.include: must be a list of topic names or patterns with * and ?, was a"
                                + " single value; write for example include: [\"orders-*\"]",
                        "m.yaml:26:1: extra: must be a known setting of the root, was not; known are acl, backup,"
                                + " cutover, evidence, seed, source, target, topics, topology, validation");
    }

    @Test
    void reportsMissingSectionsAndSettings() {
        assertThat(errorsOf("source: {auth: {mode: scram-sha-512}}\n"))
                .containsExactly(
                        "m.yaml:1:1: source.cluster_arn: source must have exactly one of cluster_arn and"
                                + " bootstrap_servers, was neither; write for example cluster_arn:"
                                + " arn:aws:kafka:us-east-1:123456789012:cluster/prod/abc-def-123",
                        "m.yaml:1:1: target.cluster_arn: target must have exactly one of cluster_arn and"
                                + " bootstrap_servers, was neither; write for example cluster_arn:"
                                + " arn:aws:kafka:us-east-1:123456789012:cluster/prod/abc-def-123",
                        "m.yaml:1:1: target.auth.mode: must be given, was not; write for example mode: iam",
                        "m.yaml:1:1: backup.s3_bucket: backup must have exactly one of s3_bucket and directory, was"
                                + " neither; write for example s3_bucket: prod-migration-segments",
                        "m.yaml:1:1: evidence.s3_bucket: evidence must have exactly one of s3_bucket and directory, was"
                                + " neither; write for example s3_bucket: prod-migration-segments",
                        "m.yaml:1:10: source.auth.username: must be given, was not; write for example username:"
                                + " ${KAFKA_USERNAME}",
                        "m.yaml:1:10: source.auth.password: must be given, was not; write for example password:"
                                + " ${KAFKA_PASSWORD}");
    }

    @Test
    void reportsReferencesThatCannotBeResolvedAndShowsNoSecret() {
        ConfigReader withoutSecrets = new ConfigReader(ENVIRONMENT, SecretSource.NONE);

        assertThat(errorsOf(withoutSecrets, """
                source:
                  bootstrap_servers: ${OLD}
                  auth:
                    mode: mtls
                    keystore: ${NOT_SET}
                    keystore_password: top${secret}word
                    truststore: t.jks
                    truststore_password: ${secret:arn:aws:x#key}
                target:
                  bootstrap_servers: new:9092
                  auth: {mode: scram-sha-512, username: "${", password: ""}
                backup: {directory: segments}
                evidence: {directory: proof}
                cutover:
                  drain_max_partition_lag: ${LAG}
                  webhook_secret: [letmein]
                """))
                .containsExactly(
                        "m.yaml:5:15: source.auth.keystore: the environment variable NOT_SET must be set, was not;"
                                + " export NOT_SET",
                        "m.yaml:6:24: source.auth.keystore_password: must be resolvable, was not; let the value be one"
                                + " reference and nothing else",
                        "m.yaml:8:26: source.auth.truststore_password: secrets are not looked up here; use a reference"
                                + " to an environment variable, ${NAME}",
                        "m.yaml:11:41: target.auth.username: a reference must be ${NAME} or ${secret:arn#key}, was"
                                + " another; write $${ where ${ itself is meant",
                        "m.yaml:11:57: target.auth.password: must be a secret, best as a reference, was empty; write"
                                + " for example ${KAFKA_PASSWORD}",
                        "m.yaml:15:28: cutover.drain_max_partition_lag: must be a whole number from 0 to 1000000000, was"
                                + " \"${LAG}\"; write for example 0",
                        "m.yaml:16:19: cutover.webhook_secret: must be a secret, best as a reference, was a list; write"
                                + " for example ${WEBHOOK_SECRET}",
                        "m.yaml:16:19: cutover.webhook_secret: must stand beside producer_freeze_webhook, was alone;"
                                + " give the webhook's address or remove the secret");
    }

    @Test
    void takesADoubledDollarAsADollar() {
        MigrationConfig config =
                read(SMALLEST.replace("segments", "\"a$${b}\"")).config();

        assertThat(config.backup()).isEqualTo(new StoreSettings.Directory("a${b}"));
    }

    @Test
    void demandsThatTheStableWindowIsShorterThanTheTimeout() {
        assertThat(errorsOf(SMALLEST + "cutover: {drain_timeout: 20s}\n"))
                .containsExactly("m.yaml:9:26: cutover.drain_timeout: drain_stable_window must be shorter than"
                        + " drain_timeout, was 30s and 20s; lengthen drain_timeout or shorten drain_stable_window");
    }

    @Test
    void demandsBothPartsOfATruststore() {
        String halves = SMALLEST.replaceFirst("mode: plaintext", "mode: tls, truststore: t.jks")
                .replaceFirst("mode: plaintext", "mode: iam, truststore_password: x");

        assertThat(errorsOf(halves))
                .containsExactly(
                        "m.yaml:3:33: source.auth.truststore: must stand with truststore_password, was alone; give both"
                                + " or neither",
                        "m.yaml:6:42: target.auth.truststore_password: must stand with truststore, was alone; give both"
                                + " or neither");
    }

    @Test
    void refusesWhatStandsBesideTheOuterRoot() {
        assertThat(errorsOf("enterprise:\n  other: {}\nsource: {}\n"))
                .containsExactly(
                        "m.yaml:2:3: \"other\": must not stand beside enterprise.msk_kraft_migration, was; move it below"
                                + " that root or remove it",
                        "m.yaml:2:3: enterprise.msk_kraft_migration: must be there with settings, was not; put the settings below it",
                        "m.yaml:3:1: \"source\": must not stand beside enterprise.msk_kraft_migration, was; move it below"
                                + " that root or remove it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                       | 1:1: the file: must be a YAML document with settings, was empty
            `# nothing`              | 1:1: the file: must be a YAML document with settings, was empty
            `~`                      | 1:1: the file: must be sections with settings, was nothing
            `[a, b]`                 | 1:1: the file: must be sections with settings, was a list
            `source: &a {b: *a}`     | 1:16: YAML: must have no aliases (*name), was one
            `a: 1;---;b: 2`          | 2:1: YAML: must be one document, was a second
            `a: [[[[[[[[[[[[[[[[`    | 1:19: YAML: must be nested at most 16 levels deep, was deeper
            `a: "open`               | 1:9: YAML: must be well-formed, was not: "found unexpected end of stream"
            `a: b: c`                | 1:5: YAML: must be well-formed, was not: "mapping values are not allowed here"
            `{[a]: b}`               | 1:2: the root: must have names as keys, was a list
            `seed: {workers: !x 1}`  | 1:17: seed.workers: must be a whole number from 1 to 40, was a value with a tag
            """)
    void boundsTheDocumentItself(String yaml, String expected) {
        assertThat(errorsOf(yaml.replace(';', '\n')))
                .anySatisfy(line -> assertThat(line).startsWith("m.yaml:" + expected));
    }

    @Test
    void namesThePlaceOfBytesThatAreNoText() {
        byte[] yaml = "source:\n  a: \u00e9".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(errorsOf(reader, yaml)).singleElement().asString().startsWith("m.yaml:2:6: the file: must be UTF-8");
    }

    @Test
    void refusesAFileThatIsTooLarge() {
        assertThat(errorsOf("#".repeat(262_145)))
                .singleElement()
                .asString()
                .contains("must have at most 262144 bytes, was 262145");
    }

    @ParameterizedTest
    @CsvSource({"30m, PT30M", "1500ms, PT1.5S", "1h30m, PT1H30M", "1d1h1m1s1ms, PT25H1M1.001S", "90s, PT1M30S"})
    void readsDurations(String text, Duration expected) {
        assertThat(read(SMALLEST + "cutover: {approval_timeout: " + text + "}")
                        .config()
                        .cutover()
                        .approvalTimeout())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"30", "m", "30M", "1m1h", "1m1m", "-5m", "1.5h", "5m ago", "7y", "366d", "999999999999999999d", "0s"})
    void refusesOtherDurations(String text) {
        assertThat(errorsOf(SMALLEST + "cutover: {approval_timeout: " + text + "}"))
                .singleElement()
                .asString()
                .contains("cutover.approval_timeout: must be a duration from 1s to 365d, was \"" + text + "\"");
    }

    @ParameterizedTest
    @CsvSource({"65535KiB", "1073741825", "9999999999999999TiB", "-1", "1 MiB", "1.5MiB", "MiB", "32mb"})
    void refusesOtherSizes(String text) {
        String expected = text.equals("65535KiB") ? "" : "seed.segment_max_bytes: must be a size";
        String yaml = SMALLEST + "seed: {segment_max_bytes: " + text + "}";

        if (expected.isEmpty()) {
            assertThat(read(yaml).config().seed().segmentMaxBytes()).isEqualTo(new ByteSize(65_535L << 10));
        } else {
            assertThat(errorsOf(yaml)).singleElement().asString().contains(expected);
        }
    }

    @Test
    void keepsTheFingerprintWhenOnlyTheWritingChanges() {
        String otherwise = """
                # the same settings, written in another way
                enterprise:
                  msk_kraft_migration:
                    evidence:
                      retention: "7y"
                      directory: 'proof'
                    seed: {}
                    cutover: {drain_timeout: 1800s}
                    backup: {"directory": segments}
                    target: {auth: {mode: plaintext}, bootstrap_servers: "new:9092"}
                    source:
                      auth:
                        mode: plaintext   # for the test
                      bootstrap_servers: old:9092
                """;

        assertThat(read(otherwise).fingerprint()).isEqualTo(read(SMALLEST).fingerprint());
    }

    @Test
    void changesTheFingerprintWithASetting() {
        assertThat(read(SMALLEST + "seed: {workers: 5}").fingerprint())
                .isNotEqualTo(read(SMALLEST).fingerprint());
    }

    @Test
    void keepsReferencesUnresolvedAndSecretsOutOfTheRedactedDocument() {
        ReadConfig read = read("""
                source:
                  bootstrap_servers: ${OLD}
                  auth: {mode: scram-sha-512, username: me, password: "${KAFKA_PASSWORD}"}
                target:
                  bootstrap_servers: new:9092
                  auth: {mode: scram-sha-512, username: me, password: "${KAFKA_PASSWORD}-literal"}
                backup: {directory: segments}
                evidence: {directory: proof}
                """);

        assertThat(read.redactedJson())
                .isEqualTo("{\"acl\":{\"on_drift\":\"merge\"},\"backup\":{\"directory\":\"segments\"},"
                        + "\"cutover\":{\"approval_timeout\":\"PT168H\",\"drain_max_partition_lag\":100,"
                        + "\"drain_stable_window\":\"PT30S\",\"drain_timeout\":\"PT30M\","
                        + "\"max_producer_freeze\":\"PT1M\",\"sentinel\":\"record\"},"
                        + "\"evidence\":{\"directory\":\"proof\",\"retention\":\"P7Y\"},"
                        + "\"seed\":{\"max_concurrent_partitions\":4,\"segment_max_bytes\":33554432,\"workers\":4},"
                        + "\"source\":{\"auth\":{\"mode\":\"scram-sha-512\",\"password\":\"${KAFKA_PASSWORD}\","
                        + "\"username\":\"me\"},\"bootstrap_servers\":\"${OLD}\"},"
                        + "\"target\":{\"auth\":{\"mode\":\"scram-sha-512\",\"password\":\"***\",\"username\":\"me\"},"
                        + "\"bootstrap_servers\":\"new:9092\"},"
                        + "\"topology\":{\"on_config_drift\":\"overwrite_with_source\"},"
                        + "\"validation\":{\"count_tolerance\":1,\"mode\":\"full\","
                        + "\"spot_check_records_per_partition\":3}}");
        assertThat(read.config().source().location()).isEqualTo(new ClusterLocation.Bootstrap("old-1:9094"));
    }

    @Test
    void takesTheSigningKeyFromASecretOrAFileButNotFromBoth() {
        String secret = "signing_key: \"${secret:arn:aws:secretsmanager:us-east-1:123456789012:secret:signing#pem}\"";
        String file = "signing_key_path: key.pem";
        String yaml = """
                source: {bootstrap_servers: "old:9092", auth: {mode: plaintext}}
                target: {bootstrap_servers: "new:9092", auth: {mode: plaintext}}
                backup: {directory: segments}
                evidence:
                  directory: proof
                """;

        assertThat(read(yaml + "  " + secret).config().evidence().signingKey())
                .isEqualTo(new Secret("arn:aws:secretsmanager:us-east-1:123456789012:secret:signing has pem"));
        assertThat(read(yaml + "  " + secret).redactedJson()).doesNotContain("signing has pem");
        assertThat(errorsOf(yaml + "  " + secret + "\n  " + file))
                .containsExactly("m.yaml:7:21: evidence.signing_key_path: must not stand beside signing_key, was there;"
                        + " give the key once, as a file or as a secret");
    }

    private ReadConfig read(String yaml) {
        return reader.read("m.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> errorsOf(String yaml) {
        return errorsOf(reader, yaml);
    }

    private static List<String> errorsOf(ConfigReader reader, String yaml) {
        return errorsOf(reader, yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** The failure's lines without the first, which counts them. */
    private static List<String> errorsOf(ConfigReader reader, byte[] yaml) {
        OperatorActionNeeded failure =
                catchThrowableOfType(OperatorActionNeeded.class, () -> reader.read("m.yaml", yaml));
        assertThat(failure.failureName()).isEqualTo(FailureName.CONFIGURATION_WRONG);
        List<String> lines = String.valueOf(failure.getMessage()).lines().toList();
        return lines.subList(1, lines.size());
    }
}
