package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kraftlift.core.lanes.FirstDifference;
import io.kraftlift.core.lanes.LaneDigest;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.PartitionDigest;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.validation.CheckResult;
import io.kraftlift.core.validation.FullRecords;
import io.kraftlift.core.validation.Outcome;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every kind of damage, done to topics of a real target after they were copied: a topic is made anew there and gets the
 * copy with one difference. The source's logs begin at {@link #GONE}, so that source and target offsets differ.
 */
@RealClusters
final class PlantedDifferencesIT {
    private static final int GONE = 3;
    private static final int BATCH = 5;
    private static final int BATCHES = 4;

    private final Clusters clusters;

    PlantedDifferencesIT(Clusters clusters) {
        this.clusters = clusters;
    }

    /** What is done to the records of a copy; they come in batches of {@link #BATCH}. */
    private interface Plant {
        List<SimpleRecord> of(List<SimpleRecord> copy);
    }

    /** A plant, and where and how it has to be found; null where there is nothing to be found. */
    private record Planted(
            Plant plant, CompressionType codec, @Nullable FirstDifference expected) {
        Planted(Plant plant, long at, String how) {
            this(plant, CompressionType.LZ4, new FirstDifference(TargetOffset.of(at), how));
        }
    }

    private static Map<String, Planted> plants() {
        Map<String, Planted> plants = new LinkedHashMap<>();
        plants.put("as-it-was", new Planted(copy -> copy, CompressionType.LZ4, null));
        plants.put(
                "changed",
                new Planted(
                        replace(7, r -> record(r.timestamp(), text(r), "other", r.headers())),
                        7,
                        "the record of source offset 10 differs in [VALUE]"));
        plants.put(
                "another-key",
                new Planted(
                        replace(0, r -> record(r.timestamp(), "k", "v0", r.headers())),
                        0,
                        "the record of source offset 3 differs in [KEY]"));
        plants.put(
                "null-for-empty",
                new Planted(
                        replace(11, r -> record(r.timestamp(), text(r), "v11", header("none", ""))),
                        11,
                        "the record of source offset 14 differs in [HEADERS]"));
        plants.put(
                "timestamp",
                new Planted(
                        replace(19, r -> record(r.timestamp() + 1, text(r), "v19", r.headers())),
                        19,
                        "the record of source offset 22 differs in [TIMESTAMP]"));
        plants.put(
                "missing",
                new Planted(
                        copy -> without(copy, 6),
                        6,
                        "the record of source offset 9 is missing; the one after it is in its place"));
        plants.put(
                "first-missing",
                new Planted(
                        copy -> without(copy, 0),
                        0,
                        "the record of source offset 3 is missing; the one after it is in its place"));
        plants.put(
                "last-missing",
                new Planted(
                        copy -> without(copy, 19),
                        19,
                        "the record of source offset 22 is missing, and nothing is in its place"));
        plants.put(
                "doubled",
                new Planted(
                        copy -> twice(copy, 8),
                        9,
                        "the record of source offset 12 has the one before it, once more, in its place"));
        plants.put(
                "doubled-over-batches",
                new Planted(
                        copy -> twice(copy, 9),
                        10,
                        "the record of source offset 13 has the one before it, once more, in its place"));
        plants.put(
                "swapped",
                new Planted(
                        copy -> swapped(copy, 12),
                        12,
                        "the record of source offset 15 has changed places with the one after it"));
        plants.put(
                "swapped-over-batches",
                new Planted(
                        copy -> swapped(copy, 14),
                        14,
                        "the record of source offset 17 has changed places with the one after it"));
        plants.put(
                "other-codec",
                new Planted(
                        copy -> copy,
                        CompressionType.GZIP,
                        new FirstDifference(
                                TargetOffset.of(0), "the same records are in batches of other bytes from here on")));
        plants.put(
                "nothing-left",
                new Planted(
                        copy -> List.of(), 0, "the record of source offset 3 is missing, and nothing is in its place"));
        return plants;
    }

    @Test
    void namesEveryPlantedDifferenceByPartitionOffsetAndKind() throws Exception {
        Map<String, Planted> plants = plants();
        List<String> removed = List.of("start-removed", "topic-removed");
        List<String> topics = new ArrayList<>(plants.keySet());
        topics.addAll(removed);
        try (Admin source = admin(clusters.source().bootstrapServers());
                Admin target = admin(clusters.target().bootstrapServers())) {
            create(source, topics);
            create(target, topics);
            topics.forEach(
                    topic -> produce(clusters.source().bootstrapServers(), topic, original(), CompressionType.LZ4));
            deleteBefore(source, topics, GONE);
            LaneHarness lane = new LaneHarness(clusters, new InMemoryObjectStore(), LaneHarness.plan(source, topics));
            lane.seed();
            assertThat(lane.digest().allMatch()).isTrue();

            target.deleteTopics(plants.keySet()).all().get();
            awaitGone(target, plants.keySet());
            create(target, List.copyOf(plants.keySet()));
            plants.forEach((topic, planted) -> produce(
                    clusters.target().bootstrapServers(), topic, planted.plant().of(copy()), planted.codec()));
            deleteBefore(target, List.of("start-removed"), 2);
            target.deleteTopics(List.of("topic-removed")).all().get();
            awaitGone(target, Set.of("topic-removed"));

            LaneDigest digest = lane.digest();

            Map<String, @Nullable FirstDifference> expected = new TreeMap<>();
            plants.forEach((topic, planted) -> expected.put(topic, planted.expected()));
            expected.put(
                    "start-removed",
                    new FirstDifference(
                            TargetOffset.of(0), "the target's log starts at 2; what was before was removed"));
            expected.put("topic-removed", new FirstDifference(TargetOffset.of(0), "the target has no such partition"));
            SoftAssertions softly = new SoftAssertions();
            for (PartitionDigest partition : digest.partitions()) {
                String topic = partition.partition().topic().value();
                softly.assertThat(partition.firstDifference()).as(topic).isEqualTo(expected.get(topic));
                softly.assertThat(partition.matches()).as(topic).isEqualTo(expected.get(topic) == null);
            }
            softly.assertThat(digest.partitions()).hasSameSizeAs(topics);
            softly.assertAll();
            assertNamed(lane, digest, expected);
        }
    }

    /** The check of the validation names partition and offset of each. */
    private static void assertNamed(
            LaneHarness lane, LaneDigest digest, Map<String, @Nullable FirstDifference> expected) {
        Set<PartitionId> planned = lane.plan.partitions().stream()
                .map(partition -> partition.partition())
                .collect(Collectors.toSet());
        CheckResult check = FullRecords.check(Map.of(
                new LaneId(3), new FullRecords.Lane(planned, lane.checkpoint().segment(), digest)));
        assertThat(check.outcome()).isEqualTo(Outcome.FAILED);
        SoftAssertions softly = new SoftAssertions();
        expected.forEach((topic, difference) -> {
            if (difference != null) {
                softly.assertThat(check.reasons())
                        .anySatisfy(reason -> assertThat(reason)
                                .startsWith(topic + "/0: ")
                                .contains("first at target offset " + difference.at() + ": " + difference.how()));
            }
        });
        softly.assertThat(check.reasons()).hasSize(expected.size() - 1);
        softly.assertAll();
    }

    private static List<SimpleRecord> copy() {
        return original().subList(GONE, GONE + BATCH * BATCHES);
    }

    /** The record that will be at target offset n has the key kn. */
    private static List<SimpleRecord> original() {
        List<SimpleRecord> records = new ArrayList<>();
        for (int number = -GONE; number < BATCH * BATCHES; number++) {
            records.add(record(1_700_000_000_000L + 10L * number, "k" + number, "v" + number, header("none", null)));
        }
        return records;
    }

    private static SimpleRecord record(long timestamp, String key, String value, Header... headers) {
        return new SimpleRecord(timestamp, bytes(key), bytes(value), headers);
    }

    private static Header header(String name, @Nullable String value) {
        return new RecordHeader(name, value == null ? null : bytes(value));
    }

    private static String text(SimpleRecord record) {
        return StandardCharsets.UTF_8.decode(record.key().duplicate()).toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Plant replace(int at, java.util.function.UnaryOperator<SimpleRecord> by) {
        return copy -> {
            List<SimpleRecord> changed = new ArrayList<>(copy);
            changed.set(at, by.apply(copy.get(at)));
            return changed;
        };
    }

    private static List<SimpleRecord> without(List<SimpleRecord> copy, int at) {
        List<SimpleRecord> changed = new ArrayList<>(copy);
        changed.remove(at);
        return changed;
    }

    private static List<SimpleRecord> twice(List<SimpleRecord> copy, int at) {
        List<SimpleRecord> changed = new ArrayList<>(copy);
        changed.add(at, copy.get(at));
        return changed;
    }

    private static List<SimpleRecord> swapped(List<SimpleRecord> copy, int at) {
        List<SimpleRecord> changed = new ArrayList<>(copy);
        Collections.swap(changed, at, at + 1);
        return changed;
    }

    /** In batches of five; the source's first has also what is deleted there. */
    private static void produce(String servers, String topic, List<SimpleRecord> records, CompressionType codec) {
        try (RawProducer producer = RawProducer.to(servers, topic, 1)) {
            int from = 0;
            int until = records.size() > BATCH * BATCHES + 1 ? GONE : Math.min(BATCH, records.size());
            while (from < records.size()) {
                MemoryRecords batch =
                        RawProducer.batch(codec, records.subList(from, until).toArray(SimpleRecord[]::new));
                producer.send(0, batch);
                from = until;
                until = Math.min(records.size(), from + BATCH);
            }
        }
    }

    private static Admin admin(String servers) {
        return Admin.create(Map.of("bootstrap.servers", servers));
    }

    private static void create(Admin admin, List<String> topics) throws Exception {
        admin.createTopics(topics.stream()
                        .map(topic -> new NewTopic(topic, 1, (short) 1).configs(Map.of("retention.ms", "-1")))
                        .toList())
                .all()
                .get();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> admin.listTopics().names().get().containsAll(topics));
        // The client asks until the leaders know that they are.
        admin.listOffsets(topics.stream()
                        .collect(Collectors.toMap(topic -> new TopicPartition(topic, 0), topic -> OffsetSpec.latest())))
                .all()
                .get();
    }

    private static void awaitGone(Admin admin, Set<String> topics) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> Collections.disjoint(admin.listTopics().names().get(), topics));
    }

    private static void deleteBefore(Admin admin, List<String> topics, long offset) throws Exception {
        admin.deleteRecords(topics.stream()
                        .collect(Collectors.toMap(
                                topic -> new TopicPartition(topic, 0), topic -> RecordsToDelete.beforeOffset(offset))))
                .all()
                .get();
    }
}
