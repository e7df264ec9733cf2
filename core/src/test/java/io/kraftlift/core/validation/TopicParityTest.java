package io.kraftlift.core.validation;

import static io.kraftlift.core.validation.TopicFacts.Origin.BROKER;
import static io.kraftlift.core.validation.TopicFacts.Origin.TOPIC;
import static io.kraftlift.core.validation.TopicFacts.Origin.VERSION_DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.plan.Coverage;
import io.kraftlift.core.plan.SourceTopic;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.validation.TopicFacts.Setting;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicParityTest {
    private static final TopicName ORDERS = new TopicName("orders");
    private static final Coverage COVERED = Coverage.of(List.of(), List.of(), Map.of());

    @Test
    void passesEqualTopicsWhoseDifferencesAreTheVersionsOrHeld() {
        TopicFacts source = topic(
                6,
                3,
                Map.of(
                        "retention.ms", new Setting("3600000", TOPIC),
                        "segment.ms", new Setting("7", TOPIC),
                        "message.timestamp.after.max.ms", new Setting("9", VERSION_DEFAULT)));
        TopicFacts target = topic(
                6,
                2,
                Map.of(
                        "retention.ms", new Setting("-1", TOPIC),
                        "segment.ms", new Setting("7", TOPIC),
                        "message.timestamp.after.max.ms", new Setting("3", VERSION_DEFAULT)));
        CheckResult result = TopicParity.check(
                Set.of(ORDERS),
                COVERED,
                Map.of(ORDERS, source),
                Map.of(ORDERS, target),
                Map.of(ORDERS, Set.of("retention.ms")));
        assertThat(result.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(result.notes())
                .containsExactlyInAnyOrder(
                        "orders: replication factor 3 on the source, 2 on the target",
                        "orders message.timestamp.after.max.ms: 9 on the source, 3 on the target (each version's default)");
        assertThat(result.numbers()).containsEntry("settings_held", 1L);
    }

    @Test
    void failsAMissingTopicAndAnotherPartitionCount() {
        TopicName gone = new TopicName("gone");
        CheckResult result = TopicParity.check(
                Set.of(ORDERS, gone),
                COVERED,
                Map.of(ORDERS, topic(6, 3, Map.of()), gone, topic(1, 3, Map.of())),
                Map.of(ORDERS, topic(8, 3, Map.of())),
                Map.of());
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.reasons())
                .containsExactly("gone: is not on the target", "orders: 6 partitions on the source, 8 on the target");
    }

    @Test
    void failsAPartitionOfTheSourceThatNoLaneHad() {
        TopicFacts topic = topic(2, 3, Map.of());

        CheckResult result = TopicParity.check(
                Set.of(ORDERS),
                Coverage.of(List.of(planned(0)), List.of(), Map.of(ORDERS, new SourceTopic(2, null))),
                Map.of(ORDERS, topic),
                Map.of(ORDERS, topic),
                Map.of());

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.reasons())
                .containsExactly("orders/1: is on the source, but no lane had it; its records were not copied");
        assertThat(result.numbers()).containsEntry("partitions_in_no_lane", 1L);
    }

    @Test
    void warnsOfATopicThatWasDeletedOnTheSourceAndFailsOneThatWasMadeAnew() {
        TopicFacts topic = topic(1, 3, Map.of());
        List<PartitionId> ended = List.of(new PartitionId(ORDERS, 0));

        CheckResult deleted = TopicParity.check(
                Set.of(ORDERS),
                Coverage.of(List.of(planned(0)), ended, Map.of()),
                Map.of(),
                Map.of(ORDERS, topic),
                Map.of());
        CheckResult remade = TopicParity.check(
                Set.of(ORDERS),
                Coverage.of(List.of(planned(0)), ended, Map.of(ORDERS, new SourceTopic(1, null))),
                Map.of(ORDERS, topic),
                Map.of(ORDERS, topic),
                Map.of());

        assertThat(deleted.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(deleted.numbers()).containsEntry("topics_deleted", 1L);
        assertThat(remade.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(remade.reasons())
                .singleElement()
                .asString()
                .startsWith("orders: was deleted on the source and made");
    }

    private static LanePartition planned(int index) {
        return new LanePartition(new PartitionId(ORDERS, index), SourceOffset.of(0), SourceOffset.of(9), 0);
    }

    @Test
    void warnsOfSettingsThatAreInForceAndDiffer() {
        CheckResult result = TopicParity.check(
                Set.of(ORDERS),
                COVERED,
                Map.of(
                        ORDERS,
                        topic(
                                6,
                                3,
                                Map.of(
                                        "max.message.bytes", new Setting("10", TOPIC),
                                        "segment.bytes", new Setting("11", VERSION_DEFAULT),
                                        "odd.setting", new Setting("12", TOPIC)))),
                Map.of(
                        ORDERS,
                        topic(
                                6,
                                3,
                                Map.of(
                                        "max.message.bytes", new Setting("20", TOPIC),
                                        "segment.bytes", new Setting("21", BROKER)))),
                Map.of());
        assertThat(result.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(result.reasons())
                .containsExactly(
                        "orders max.message.bytes: 10 on the source, 20 on the target",
                        "orders odd.setting: 12 on the source, unknown to the target's version",
                        "orders segment.bytes: 11 on the source, 21 on the target");
    }

    private static TopicFacts topic(int partitions, int replicas, Map<String, Setting> settings) {
        return new TopicFacts(partitions, replicas, settings);
    }
}
