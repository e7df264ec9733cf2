package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kraftlift.access.plans.StoredLanes;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.Ended;
import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.LaneResult;
import io.kraftlift.core.lanes.LaneStatus;
import io.kraftlift.core.lanes.PlanExtension;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.lanes.TopicEnd;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A lane whose source loses topics, gets others under their names, and gets more partitions while it is copied. */
@RealClusters
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SourceChangesIT {
    private final Clusters clusters;
    private final Admin source;
    private final Admin target;

    SourceChangesIT(Clusters clusters) {
        this.clusters = clusters;
        this.source = Admin.create(Map.of("bootstrap.servers", clusters.source().bootstrapServers()));
        this.target = Admin.create(Map.of("bootstrap.servers", clusters.target().bootstrapServers()));
    }

    @AfterAll
    void close() {
        source.close();
        target.close();
    }

    @Test
    void finishesATopicThatIsDeletedDuringTheTailAndGoesOnWithTheOthers() throws Exception {
        MixedTopics topics = topics("deleted", 31);
        LaneHarness lane = lane(topics);
        topics.write("none", "none", 12);
        topics.write("gzip", "gzip", 8);
        CompletableFuture<Void> tail = lane.tail();
        awaitRecords(lane, tail, 20);

        delete(topics.name("gzip"));
        topics.write("none", "none", 6);
        awaitRecords(lane, tail, 26);

        List<Ended> endings = awaitEndings(lane, tail, 2);
        assertThat(endings).allSatisfy(ended -> {
            assertThat(ended.partition().topic().value()).isEqualTo(topics.name("gzip"));
            assertThat(ended.why()).isEqualTo(TopicEnd.DELETED);
        });
        assertThat(endings.stream().mapToLong(ended -> ended.end().value()).sum())
                .isEqualTo(8);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(lane.read(lane.objects.status(LaneHarness.LANE), LaneStatus.class)
                                .endings())
                        .isEqualTo(endings));
        restartAndDrain(lane, tail, topics, "none", endings);
    }

    @Test
    void finishesATopicThatIsDeletedWhileNoWorkerIsThere() throws Exception {
        MixedTopics topics = topics("missed", 32);
        topics.write("none", "none", 9);
        topics.write("gzip", "gzip", 7);
        LaneHarness lane = lane(topics);
        delete(topics.name("gzip"));

        lane.seed();

        LaneResult seeded =
                lane.read(lane.objects.laneResult(ReplicationMode.SEED, LaneHarness.LANE), LaneResult.class);
        assertThat(seeded.endings()).hasSize(2).allSatisfy(ended -> {
            assertThat(ended.why()).isEqualTo(TopicEnd.DELETED);
            assertThat(ended.end()).as("nothing was copied").isEqualTo(SourceOffset.of(0));
        });
        assertThat(seeded.records()).isEqualTo(9);
        restartAndDrain(lane, lane.tail(), topics, "none", seeded.endings());
    }

    @Test
    void neverMixesATopicWithAnotherThatWasMadeUnderItsName() throws Exception {
        MixedTopics topics = topics("remade", 33);
        LaneHarness lane = lane(topics);
        topics.write("none", "none", 5);
        topics.write("gzip", "gzip", 6);
        CompletableFuture<Void> tail = lane.tail();
        awaitRecords(lane, tail, 11);

        delete(topics.name("gzip"));
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            topics.createOne("gzip", 2);
            return true;
        });
        topics.write("gzip", "gzip", 40);
        topics.write("none", "none", 4);

        List<Ended> endings = awaitEndings(lane, tail, 2);
        assertThat(endings).allSatisfy(ended -> assertThat(ended.why()).isEqualTo(TopicEnd.REMADE));
        awaitRecords(lane, tail, 15);
        assertThat(targetEnd(topics.name("gzip"), 0) + targetEnd(topics.name("gzip"), 1))
                .as("records of the first topic alone")
                .isEqualTo(6);
        restartAndDrain(lane, tail, topics, "none", endings);
    }

    @Test
    void copiesATopicThatAnExtensionGivesTheLaneWhileItRunsAndAfterARestart() throws Exception {
        MixedTopics topics = topics("grown", 34);
        LaneHarness lane = lane(topics);
        topics.write("none", "none", 5);
        topics.write("gzip", "gzip", 6);
        CompletableFuture<Void> tail = lane.tail();
        awaitRecords(lane, tail, 11);

        grow(topics.name("gzip"), 3);
        MixedTopics late = new MixedTopics("grown-late", clusters.source().bootstrapServers(), source, 35);
        late.createOne(target, "lz4", 2);
        late.write("lz4", "lz4", 30);
        topics.write("gzip", "gzip", 9);
        List<String> names = List.of(topics.name("none"), topics.name("gzip"), late.name("lz4"));
        LanePlan all = LaneHarness.plan(source, names);
        extend(lane, all, 0);

        awaitRecords(lane, tail, 50);
        late.write("lz4", "lz4", 10);
        awaitRecords(lane, tail, 60);
        assertThat(lane.checkpoint().partitions()).hasSize(6);
        LaneHarness whole = new LaneHarness(clusters, lane.store, lane.plan.with(all.partitions()));
        restartAndDrain(whole, tail, late, "lz4", List.of());
    }

    private MixedTopics topics(String prefix, long seed) throws Exception {
        MixedTopics topics = new MixedTopics(prefix, clusters.source().bootstrapServers(), source, seed);
        topics.createOne("none", 1);
        topics.createOne(target, "gzip", 2);
        return topics;
    }

    private LaneHarness lane(MixedTopics topics) throws Exception {
        return new LaneHarness(clusters, new InMemoryObjectStore(), LaneHarness.plan(source, topics.names()));
    }

    private static void extend(LaneHarness lane, LanePlan plan, long number) {
        assertThat(new StoredLanes(lane.store, lane.objects)
                        .add(new PlanExtension(PlanExtension.FORMAT, number, Instant.EPOCH, List.of(plan))))
                .isTrue();
    }

    private void grow(String topic, int partitions) throws Exception {
        source.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                .all()
                .get();
        target.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                .all()
                .get();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> partitions(source, topic) == partitions && partitions(target, topic) == partitions);
    }

    private static int partitions(Admin cluster, String topic) throws Exception {
        return LaneHarness.required(
                        cluster.describeTopics(List.of(topic)).allTopicNames().get(), topic)
                .partitions()
                .size();
    }

    private void delete(String topic) throws Exception {
        source.deleteTopics(List.of(topic)).all().get();
    }

    private long targetEnd(String topic, int partition) throws Exception {
        return LaneHarness.required(
                        LaneHarness.ends(target, List.of(new TopicPartition(topic, partition))),
                        PartitionId.of(topic, partition))
                .value();
    }

    /** Ends the worker, starts another, which copies on, and drains what has not ended. */
    private void restartAndDrain(
            LaneHarness lane, CompletableFuture<Void> tail, MixedTopics writing, String kind, List<Ended> endings)
            throws Exception {
        lane.control(LaneControl.first().stop());
        tail.get(30, TimeUnit.SECONDS);
        lane.control(LaneControl.first().stop().run());
        CompletableFuture<Void> next = lane.tail();
        writing.write(kind, "none", 3);
        List<TopicPartition> live = new ArrayList<>();
        lane.plan.partitions().forEach(planned -> {
            PartitionId id = planned.partition();
            if (endings.stream().noneMatch(ended -> ended.partition().equals(id))) {
                live.add(new TopicPartition(id.topic().value(), id.index()));
            }
        });
        Map<PartitionId, SourceOffset> ends = LaneHarness.ends(source, live);
        LaneControl drain = LaneControl.first().stop().run().drain(ends);
        lane.control(drain);
        lane.awaitDrained(ends, next);
        lane.control(drain.stop());
        next.get(30, TimeUnit.SECONDS);
        Checkpoint checkpoint = lane.checkpoint();
        assertThat(checkpoint.ended()).isEqualTo(endings);
        assertThat(lane.read(lane.objects.laneResult(ReplicationMode.TAIL, LaneHarness.LANE), LaneResult.class)
                        .endings())
                .isEqualTo(endings);
        new Invariants(new LaneHarness(
                        clusters,
                        lane.store,
                        new LanePlan(
                                LaneHarness.LANE,
                                lane.plan.partitions().stream()
                                        .filter(planned -> ends.containsKey(planned.partition()))
                                        .toList())))
                .holdAt(ends);
        assertThat(lane.digest().allMatch())
                .as("what was copied of ended topics too")
                .isTrue();
    }

    private static void awaitRecords(LaneHarness lane, CompletableFuture<Void> tail, long records) {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            requireAlive(tail);
            assertThat(lane.hasCheckpoint()).isTrue();
            assertThat(lane.checkpoint().partitions().values().stream()
                            .mapToLong(progress -> progress.records())
                            .sum())
                    .isEqualTo(records);
        });
    }

    private static List<Ended> awaitEndings(LaneHarness lane, CompletableFuture<Void> tail, int count) {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            requireAlive(tail);
            assertThat(lane.checkpoint().ended()).hasSize(count);
        });
        return lane.checkpoint().ended();
    }

    private static void requireAlive(CompletableFuture<Void> tail) {
        if (tail.isCompletedExceptionally()) {
            tail.join();
        }
    }
}
