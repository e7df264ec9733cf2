package io.kraftlift.access.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are: a configuration, or CONFIGURATION_WRONG, and never the password. */
class ConfigReaderProperties {
    private static final String PASSWORD = "correct-horse-battery";
    private static final byte[] GOOD = """
            enterprise:
              msk_kraft_migration:
                source:
                  bootstrap_servers: ${SERVERS}
                  auth: {mode: scram-sha-512, username: "a", password: ${PASSWORD}}
                target:
                  cluster_arn: arn:aws:kafka:us-east-1:123456789012:cluster/a/b
                  auth:
                    mode: iam
                topics: {include: ["a*", 'b'], exclude: [c]}
                backup: {directory: x}
                evidence:
                  s3_bucket: a-bucket
                  retention: 7y
                cutover: # said here
                  drain_timeout: 1h30m
                  drain_max_partition_lag: 7
                  producer_freeze_webhook: >-
                    https://example.com/
                seed: {segment_max_bytes: 8MiB}
            """.getBytes(StandardCharsets.UTF_8);
    private static final byte[] PIECES =
            "{}[]:,-#&*!|>'\"%@`?~\n\t \\$\u0000\u0085\ufeff0aé<=".getBytes(StandardCharsets.UTF_8);

    private final ConfigReader reader =
            new ConfigReader(Map.of("PASSWORD", PASSWORD, "SERVERS", "a:1,b:2"), SecretSource.NONE);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261123})
    void readsOrRefusesMutatedDocuments(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 4_000; round++) {
            readOrRefuse(mutated(random), seed, round);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void refusesRandomBytes(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 4_000; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            readOrRefuse(bytes, seed, round);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7})
    void refusesRandomYaml(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 4_000; round++) {
            byte[] bytes = new byte[random.nextInt(300)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = PIECES[random.nextInt(PIECES.length)];
            }
            readOrRefuse(bytes, seed, round);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? ", "!", "&a ", "*a ", "\"", "a:\n ", "---\n", "%", "#\n", ": "})
    void refusesLongRepetitionsWithinBounds(String piece) {
        byte[] bytes = piece.repeat(262_144 / piece.length()).getBytes(StandardCharsets.UTF_8);

        readOrRefuse(bytes, 0, 0);
    }

    private void readOrRefuse(byte[] yaml, long seed, int round) {
        try {
            assertThat(reader.read("m.yaml", yaml).redactedJson()).doesNotContain(PASSWORD);
        } catch (OperatorActionNeeded e) {
            assertThat(e.failureName()).isEqualTo(FailureName.CONFIGURATION_WRONG);
            assertThat(e.getMessage())
                    .as("seed %d, round %d", seed, round)
                    .contains("m.yaml:")
                    .doesNotContain(PASSWORD);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(
                    "seed " + seed + ", round " + round + ": "
                            + new String(yaml, 0, Math.min(yaml.length, 2_000), StandardCharsets.UTF_8),
                    e);
        }
    }

    private static byte[] mutated(Random random) {
        byte[] bytes = GOOD.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = PIECES[random.nextInt(PIECES.length)];
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> bytes = withoutRange(bytes, at, Math.min(bytes.length - 1, at + random.nextInt(20)));
            }
        }
        return bytes;
    }

    private static byte[] withoutRange(byte[] bytes, int from, int to) {
        byte[] rest = new byte[bytes.length - (to - from)];
        System.arraycopy(bytes, 0, rest, 0, from);
        System.arraycopy(bytes, to, rest, from, bytes.length - to);
        return rest;
    }
}
