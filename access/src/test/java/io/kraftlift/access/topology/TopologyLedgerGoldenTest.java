package io.kraftlift.access.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.json.Documents;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.inventory.AclRule;
import io.kraftlift.core.inventory.QuotaRule;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.Hold;
import io.kraftlift.core.topology.HoldKind;
import io.kraftlift.core.topology.TopicDesign;
import io.kraftlift.core.topology.TopicOrigin;
import io.kraftlift.core.topology.TopologyLedger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopologyLedgerGoldenTest {
    private static final String TOPICS = """
            "topics":[{"configs":{"segment.ms":"9000"},"holds":[{"held":"-1","key":"retention.ms","kind":"CLEANUP",
            "topic":"orders"}],"name":"orders","origin":"CREATED","partitions":3,"remarks":["a remark"],"removed":[],
            "replication_factor":2}]}""".replace("\n", "");

    private static final String ANN = """
            {"host":"*","name":"orders","operation":"READ","pattern_type":"LITERAL","permission":"ALLOW",
            "principal":"User:ann","resource_type":"TOPIC"}""".replace("\n", "");

    private static final String SECOND = "{\"acls_created\":[" + ANN
            + "],\"acls_deleted\":[],\"acls_only_on_source\":[],\"acls_only_on_target\":[],\"format\":2,"
            + "\"quotas_set\":[{\"entity\":{\"user\":\"<default>\"},\"limits\":{\"producer_byte_rate\":7.0}}],"
            + "\"remarks\":[\"another\"]," + TOPICS;

    @Test
    void writesTheSameBytesForTheSameLedger() {
        assertThat(Documents.writeText(ledger())).isEqualTo(SECOND);
        assertThat(read(SECOND)).isEqualTo(ledger());
    }

    @Test
    void readsTheFirstFormatToo() {
        String first = SECOND.replace("\"acls_only_on_source\":[],", "").replace("\"format\":2", "\"format\":1");

        assertThat(read(first).topics()).isEqualTo(ledger().topics());
        assertThat(read(first).aclsOnlyOnSource()).isEmpty();
    }

    @Test
    void refusesAFormatThatItDoesNotKnow() {
        assertThatThrownBy(() -> read(SECOND.replace("\"format\":2", "\"format\":3")))
                .isInstanceOf(InvariantBroken.class)
                .hasMessageContaining("topology ledger: format must be 1 or 2, was 3");
    }

    private static TopologyLedger read(String json) {
        return Documents.read(json.getBytes(StandardCharsets.UTF_8), TopologyLedger.class, "results/topology.json");
    }

    private static TopologyLedger ledger() {
        TopicName orders = new TopicName("orders");
        return new TopologyLedger(
                2,
                List.of(new TopicDesign(
                        orders,
                        TopicOrigin.CREATED,
                        3,
                        2,
                        Map.of("segment.ms", "9000"),
                        List.of(),
                        List.of(new Hold(orders, HoldKind.CLEANUP, "retention.ms", "-1", null)),
                        List.of("a remark"))),
                List.of(new AclRule("TOPIC", "orders", "LITERAL", "User:ann", "*", "READ", "ALLOW")),
                List.of(),
                List.of(),
                List.of(),
                List.of(new QuotaRule(Map.of("user", QuotaRule.DEFAULT), Map.of("producer_byte_rate", 7.0))),
                List.of("another"));
    }
}
