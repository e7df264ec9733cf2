package io.kraftlift.access.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.inventory.AclRule;
import io.kraftlift.core.inventory.QuotaRule;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.TopologyStep.AlterTopic;
import io.kraftlift.core.topology.TopologyStep.CreateTopic;
import io.kraftlift.core.topology.TopologyStep.GrowTopic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What everybody who asks a target relies on. */
abstract class TargetAdminContract {
    private static final Map<String, String> ANN = Map.of("user", "contract-ann");

    abstract TargetAdmin admin();

    abstract Set<AclRule> acls() throws Exception;

    abstract Map<Map<String, String>, Map<String, Double>> quotas() throws Exception;

    @Test
    void createsTopicsAndSaysWhichWereThere() throws Exception {
        CreateTopic first = new CreateTopic(new TopicName("contract.first"), 2, 1, Map.of("retention.ms", "5000"));
        CreateTopic second = new CreateTopic(new TopicName("contract.second"), 3, 1, Map.of());
        admin().createTopics(List.of(first));
        awaitPartitions(first.topic(), 2);

        assertThat(admin().createTopics(List.of(first, second))).containsExactly(first.topic());
        awaitPartitions(second.topic(), 3);
        assertThat(admin().partitions(List.of(first.topic(), new TopicName("contract.none"))))
                .isEqualTo(Map.of(first.topic(), 2));
        assertThat(admin().ownSettings(List.of(first.topic())))
                .isEqualTo(Map.of(first.topic(), Map.of("retention.ms", "5000")));
    }

    @Test
    void growsATopicAndLeavesOneThatIsAsLarge() throws Exception {
        TopicName topic = new TopicName("contract.grown");
        admin().createTopics(List.of(new CreateTopic(topic, 1, 1, Map.of())));
        awaitPartitions(topic, 1);

        admin().growTopics(List.of(new GrowTopic(topic, 3)));
        awaitPartitions(topic, 3);
        admin().growTopics(List.of(new GrowTopic(topic, 3)));
        admin().growTopics(List.of(new GrowTopic(topic, 2)));

        assertThat(admin().partitions(List.of(topic))).isEqualTo(Map.of(topic, 3));
    }

    @Test
    void changesSettingsAndSaysWhichTopicsAreNotThere() throws Exception {
        TopicName topic = new TopicName("contract.altered");
        admin().createTopics(
                        List.of(new CreateTopic(topic, 1, 1, Map.of("retention.ms", "5000", "segment.ms", "9000"))));
        awaitPartitions(topic, 1);
        TopicName none = new TopicName("contract.none");

        Set<TopicName> absent = admin().alterTopics(List.of(
                new AlterTopic(topic, Map.of("retention.ms", "6000"), List.of("segment.ms")),
                new AlterTopic(none, Map.of("retention.ms", "6000"), List.of())));

        assertThat(absent).containsExactly(none);
        await().until(() -> admin().ownSettings(List.of(topic)), Map.of(topic, Map.of("retention.ms", "6000"))::equals);
    }

    @Test
    void createsAndDeletesAclsAnyNumberOfTimes() throws Exception {
        AclRule first = rule("contract.a");
        AclRule second = rule("contract.b");
        admin().createAcls(List.of(first, second));
        admin().createAcls(List.of(first, second));
        await().until(() -> acls().containsAll(List.of(first, second)));

        admin().deleteAcls(List.of(first));
        admin().deleteAcls(List.of(first));

        await().until(() -> !acls().contains(first));
        assertThat(acls()).contains(second);
    }

    @Test
    void setsLimitsAndKeepsThoseThatAreNotNamed() throws Exception {
        admin().setQuotas(List.of(new QuotaRule(ANN, Map.of("producer_byte_rate", 7.0, "consumer_byte_rate", 8.0))));
        admin().setQuotas(List.of(new QuotaRule(ANN, Map.of("producer_byte_rate", 9.0))));

        await().until(() ->
                Map.of("producer_byte_rate", 9.0, "consumer_byte_rate", 8.0).equals(quotas().get(ANN)));
    }

    @Test
    void refusesMoreThanTenThousandRecordsInARequest() {
        Map<String, String> settings = Map.of(
                "cleanup.policy", "delete",
                "retention.ms", "5000",
                "retention.bytes", "6000",
                "segment.ms", "9000",
                "segment.bytes", "1048576",
                "max.message.bytes", "2000000",
                "min.insync.replicas", "1",
                "compression.type", "producer");
        // 1,001 topics x (1 topic + 1 partition + 8 settings) = 10,010 records.
        List<CreateTopic> tooMany = IntStream.range(0, 1_001)
                .mapToObj(number -> new CreateTopic(new TopicName("contract.many." + number), 1, 1, settings))
                .toList();

        assertThatThrownBy(() -> admin().createTopics(tooMany))
                .isInstanceOfSatisfying(
                        OperatorActionNeeded.class,
                        failure -> assertThat(failure.failureName()).isEqualTo(FailureName.TOPOLOGY_CONFLICT));
    }

    private void awaitPartitions(TopicName topic, int partitions) {
        await().until(() -> admin().partitions(List.of(topic)), Map.of(topic, partitions)::equals);
    }

    private static AclRule rule(String topic) {
        return new AclRule("TOPIC", topic, "LITERAL", "User:contract", "*", "READ", "ALLOW");
    }
}
