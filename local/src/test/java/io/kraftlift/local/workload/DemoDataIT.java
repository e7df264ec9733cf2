package io.kraftlift.local.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Fills a real source once, and reads every property back with clients of its own. */
@RealClusters(start = RealClusters.Role.SOURCE, shared = false)
class DemoDataIT {
    private static final DemoScale SMALL = new DemoScale(4_000_000, 7);

    private static String bootstrap;
    private static DemoContents contents;

    @BeforeAll
    static void fill(Clusters clusters) {
        bootstrap = clusters.source().bootstrapServers();
        contents = DemoData.fill(bootstrap, SMALL, InstantSource.system());
    }

    @Test
    void describesWhatTheClusterHolds() throws Exception {
        assertThat(contents.topics()).hasSizeGreaterThanOrEqualTo(12);
        assertThat(contents.partitions()).isGreaterThanOrEqualTo(60);
        assertThat(contents.groups()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(contents.bytes()).isBetween(SMALL.logicalBytes() * 9 / 10, SMALL.logicalBytes() * 2);
        for (DemoContents.Topic topic : contents.topics()) {
            assertThat(read(topic.name(), "read_committed")).as(topic.name()).hasSize(Math.toIntExact(topic.records()));
        }
        try (Admin admin = admin()) {
            Set<String> names = admin.listTopics().names().get();
            assertThat(names)
                    .containsExactlyInAnyOrderElementsOf(contents.topics().stream()
                            .map(DemoContents.Topic::name)
                            .toList());
        }
    }

    @Test
    void theCompactedTopicHasHolesInEveryPartition() {
        Map<Integer, List<Long>> offsets = read("demo.customers", "read_uncommitted").stream()
                .collect(Collectors.groupingBy(
                        ConsumerRecord::partition, Collectors.mapping(ConsumerRecord::offset, Collectors.toList())));

        assertThat(offsets).hasSize(4);
        assertThat(offsets)
                .allSatisfy((partition, all) ->
                        assertThat((long) all.size()).isLessThan(all.get(all.size() - 1) - all.get(0) + 1));
    }

    @Test
    void abortedRecordsAreInTheLogAndInvisibleToReadersOfCommittedOnes() {
        int all = read("demo.ledger", "read_uncommitted").size();
        int committed = read("demo.ledger", "read_committed").size();

        assertThat(all - committed).isGreaterThanOrEqualTo(240);
        assertThat(committed).isPositive();
    }

    @Test
    void transactionsOfSeveralProducersLieBetweenEachOther() {
        // An aborted batch between two committed ones of the same partition, before the first marker.
        Map<Integer, List<Long>> committed = read("demo.ledger", "read_committed").stream()
                .collect(Collectors.groupingBy(
                        ConsumerRecord::partition, Collectors.mapping(ConsumerRecord::offset, Collectors.toList())));

        assertThat(committed)
                .allSatisfy(
                        (partition, offsets) -> assertThat(longestGap(offsets)).isGreaterThan(2));
    }

    @Test
    void deletedRecordsLeaveALogStartAboveZero() throws Exception {
        try (var consumer = consumer("read_committed")) {
            assertThat(consumer.beginningOffsets(partitions(consumer, "demo.audit"))
                            .values())
                    .hasSize(4)
                    .allMatch(start -> start > 0);
        }
    }

    @Test
    void headersKeysAndValuesHaveTheirOddForms() {
        List<ConsumerRecord<byte[], byte[]>> records = read("demo.edge-cases", "read_committed");

        assertThat(records).anyMatch(record -> record.key() == null && record.value() != null);
        assertThat(records).anyMatch(record -> record.key() != null && record.key().length == 0);
        assertThat(records).anyMatch(record -> record.key() != null && record.value() == null);
        assertThat(records).anyMatch(record -> record.key() == null && record.value() == null);
        assertThat(records).anyMatch(record -> record.value() != null && record.value().length == 0);
        assertThat(headers(records)).anyMatch(header -> header.key().equals("null") && header.value() == null);
        assertThat(headers(records)).anyMatch(header -> header.key().equals("empty") && header.value().length == 0);
        assertThat(records).anyMatch(record -> record.headers().toArray().length == 4);
    }

    @Test
    void documentsAreOfOneByteToNineHundredKilobytes() {
        Set<Integer> sizes = read("demo.documents", "read_committed").stream()
                .map(record -> record.value().length)
                .collect(Collectors.toSet());

        assertThat(sizes).contains(0, 1, 900_000);
    }

    @Test
    void theBrokerSetsTheTimesOfTheLogAppendTimeTopic() {
        assertThat(read("demo.gateway-log", "read_committed"))
                .allMatch(record -> record.timestampType() == TimestampType.LOG_APPEND_TIME);
        assertThat(read("demo.orders", "read_committed"))
                .allMatch(record -> record.timestampType() == TimestampType.CREATE_TIME);
    }

    @Test
    void topicsDifferInTheirSettingsAndTheEagerOnesAreTakenBack() throws Exception {
        assertThat(config("demo.customers").get("cleanup.policy").value()).isEqualTo("compact");
        assertThat(config("demo.customers").get("segment.ms").isDefault()).isTrue();
        assertThat(config("demo.customers").get("min.cleanable.dirty.ratio").isDefault())
                .isTrue();
        assertThat(config("demo.sessions").get("cleanup.policy").value()).isEqualTo("compact,delete");
        assertThat(config("demo.payments").get("max.message.bytes").value()).isEqualTo("2097152");
        assertThat(config("demo.gateway-log").get("compression.type").value()).isEqualTo("lz4");
        assertThat(config("demo.clicks").get("retention.ms").value()).isEqualTo("1209600000");
    }

    @Test
    void groupsStandWhereTheirDescriptionsSay() throws Exception {
        assertThat(commits("demo-fresh").values()).hasSize(8).allMatch(commit -> commit.offset() == 0);
        assertThat(commits("demo-at-end"))
                .allSatisfy((partition, commit) ->
                        assertThat(commit.offset()).isEqualTo(end(partition)).isPositive());
        assertThat(commits("demo-halfway"))
                .allSatisfy((partition, commit) ->
                        assertThat(commit.offset()).isPositive().isLessThan(end(partition)));
        assertThat(commits("demo-below-start"))
                .hasSize(4)
                .allSatisfy((partition, commit) -> assertThat(commit.offset()).isLessThan(start(partition)));
        assertThat(commits("demo-some-partitions")).containsOnlyKeys(new TopicPartition("demo.raw-events", 3));
        assertThat(commits("demo-several-topics").keySet().stream()
                        .map(TopicPartition::topic)
                        .distinct())
                .hasSize(3);
        assertThat(commits("demo-several-topics").values())
                .allMatch(commit -> commit.metadata().startsWith("batch="));
        assertThat(commits("demo-subscriber").values()).anyMatch(commit -> commit.offset() > 0);
        assertThat(commits("demo-empty-topic")).hasSize(3);
    }

    @Test
    void commitsInHolesNameOffsetsThatNoReaderSees() throws Exception {
        assertThat(commits("demo-in-hole")).hasSize(4);
        assertThat(commits("demo-in-transaction")).isNotEmpty();
        for (String group : List.of("demo-in-hole", "demo-in-transaction")) {
            Map<TopicPartition, OffsetAndMetadata> commits = commits(group);
            String topic = commits.keySet().iterator().next().topic();
            Map<TopicPartition, TreeSet<Long>> visible = read(topic, "read_committed").stream()
                    .collect(Collectors.groupingBy(
                            record -> new TopicPartition(topic, record.partition()),
                            Collectors.mapping(ConsumerRecord::offset, Collectors.toCollection(TreeSet::new))));
            assertThat(commits)
                    .allSatisfy((partition, commit) -> assertThat(visible.get(partition))
                            .doesNotContain(commit.offset())
                            .anyMatch(offset -> offset < commit.offset())
                            .anyMatch(offset -> offset > commit.offset()));
        }
    }

    @Test
    void everyGroupThatIsNamedExistsWithoutMembers() throws Exception {
        List<String> ids =
                contents.groups().stream().map(DemoContents.Group::id).toList();
        try (Admin admin = admin()) {
            assertThat(admin.describeConsumerGroups(ids).all().get().values())
                    .hasSize(ids.size())
                    .allMatch(group -> group.members().isEmpty() && group.groupState() == GroupState.EMPTY);
        }
    }

    private static long longestGap(List<Long> offsets) {
        long longest = 0;
        for (int i = 1; i < offsets.size(); i++) {
            longest = Math.max(longest, offsets.get(i) - offsets.get(i - 1));
        }
        return longest;
    }

    private static List<Header> headers(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .flatMap(record -> Arrays.stream(record.headers().toArray()))
                .toList();
    }

    private static Config config(String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = admin()) {
            return new ArrayList<>(
                            admin.describeConfigs(List.of(resource)).all().get().values())
                    .get(0);
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> commits(String group) throws Exception {
        try (Admin admin = admin()) {
            return new HashMap<>(admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get());
        }
    }

    private static long end(TopicPartition partition) {
        try (var consumer = consumer("read_committed")) {
            return consumer.endOffsets(List.of(partition)).values().iterator().next();
        }
    }

    private static long start(TopicPartition partition) {
        try (var consumer = consumer("read_committed")) {
            return consumer.beginningOffsets(List.of(partition))
                    .values()
                    .iterator()
                    .next();
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(String topic, String isolation) {
        try (var consumer = consumer(isolation)) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            var all = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
            return all;
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", isolation, "enable.auto.commit", false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrap));
    }
}
