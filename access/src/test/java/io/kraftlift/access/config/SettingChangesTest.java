package io.kraftlift.access.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.json.Documents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingChangesTest {
    private static final String BEFORE = """
            source:
              bootstrap_servers: old:1
              auth: {mode: scram-sha-512, username: a, password: "${OLD}"}
            target: {bootstrap_servers: "new:2", auth: {mode: plaintext}}
            backup: {directory: b}
            evidence: {directory: e}
            """;

    @Test
    void namesEveryChangedSettingWithWhatItWasAndIs() throws Exception {
        String after = BEFORE.replace("new:2", "newer:2") + """
                seed: {workers: 8, max_concurrent_partitions: 2}
                cutover: {producer_freeze_webhook: "https://freeze.example.com/x"}
                validation: {mode: sample}
                """;

        assertThat(SettingChanges.between(read(BEFORE), read(after)))
                .extracting(SettingChange::toString, SettingChange::isRefused)
                .containsExactly(
                        tuple(
                                "cutover.producer_freeze_webhook: was absent, is \"https://freeze.example.com/x\"",
                                false),
                        tuple("seed.max_concurrent_partitions: was 4, is 2", false),
                        tuple("seed.workers: was 4, is 8", true),
                        tuple("target.bootstrap_servers: was \"new:2\", is \"newer:2\"", true),
                        tuple("validation.mode: was \"full\", is \"sample\"", false));
    }

    @Test
    void showsOfASecretOnlyThatItIsAnotherOne() throws Exception {
        List<SettingChange> changes = SettingChanges.between(read(BEFORE), read(BEFORE.replace("${OLD}", "${NEW}")));

        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.toString()).isEqualTo("source.auth.password: was not shown, is not shown");
            assertThat(change.isRefused()).isFalse();
        });
    }

    @Test
    void refusesWhateverIsNotKnownToBeHarmless() throws Exception {
        assertThat(SettingCatalog.byPath().keySet().stream()
                        .filter(path -> !SettingChanges.mayChange(path))
                        .toList())
                .contains(
                        "acl.on_drift",
                        "backup.directory",
                        "backup.s3_bucket",
                        "evidence.s3_bucket",
                        "seed.segment_max_bytes",
                        "seed.workers",
                        "source.bootstrap_servers",
                        "source.cluster_arn",
                        "target.cluster_arn",
                        "topics.exclude",
                        "topics.include",
                        "topology.on_config_drift");
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    private static JsonNode read(String yaml) throws Exception {
        return Documents.mapper()
                .readTree(new ConfigReader(Map.of("OLD", "o", "NEW", "n"), SecretSource.NONE)
                        .read("m.yaml", yaml.getBytes(StandardCharsets.UTF_8))
                        .redactedJson());
    }
}
