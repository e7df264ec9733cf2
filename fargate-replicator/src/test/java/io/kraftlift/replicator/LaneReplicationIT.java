package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kraftlift.core.lanes.Gap;
import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.lanes.LaneResult;
import io.kraftlift.core.lanes.LaneStatus;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.offsets.Translation;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

@RealClusters(sourceProperties = {"log.cleaner.backoff.ms=100", "log.retention.check.interval.ms=200"})
final class LaneReplicationIT {
    private final Clusters clusters;

    LaneReplicationIT(Clusters clusters) {
        this.clusters = clusters;
    }

    @Test
    void copiesEveryKindOfBatchThroughSeedTailAndDrain() throws Exception {
        try (Admin source = Admin.create(
                        Map.of("bootstrap.servers", clusters.source().bootstrapServers()));
                Admin target = Admin.create(
                        Map.of("bootstrap.servers", clusters.target().bootstrapServers()))) {
            MixedTopics topics = new MixedTopics("mixed", clusters.source().bootstrapServers(), source, 11);
            topics.create(target, 4);
            awaitHoles(topics);
            topics.stopCompaction();
            LaneHarness lane =
                    new LaneHarness(clusters, new InMemoryObjectStore(), LaneHarness.plan(source, topics.names()));

            lane.seed();
            new Invariants(lane).holdAt(seedEnds(lane));

            topics.fill(1);
            CompletableFuture<Void> tail = lane.tail();
            topics.fill(1);
            Map<PartitionId, SourceOffset> ends = LaneHarness.ends(source, partitions(lane));
            lane.control(LaneControl.first().drain(ends));
            lane.awaitDrained(ends, tail);
            new Invariants(lane).holdAt(ends);

            lane.control(LaneControl.first().drain(ends).stop());
            tail.get(20, TimeUnit.SECONDS);
            assertThat(lane.digest().allMatch()).isTrue();
            LaneResult result =
                    lane.read(lane.objects.laneResult(ReplicationMode.TAIL, LaneHarness.LANE), LaneResult.class);
            assertThat(result.rebuilt()).isPositive();
            LaneStatus status = lane.read(lane.objects.status(LaneHarness.LANE), LaneStatus.class);
            assertThat(status.totalLag()).isZero();
        }
    }

    @Test
    void recordsTheGapThatRetentionTearsBetweenTwoRuns() throws Exception {
        try (Admin source = Admin.create(
                        Map.of("bootstrap.servers", clusters.source().bootstrapServers()));
                Admin target = Admin.create(
                        Map.of("bootstrap.servers", clusters.target().bootstrapServers()))) {
            MixedTopics topics = new MixedTopics("torn", clusters.source().bootstrapServers(), source, 12);
            topics.createOne(target, "none", 1);
            topics.write("none", "none", 30);
            LaneHarness lane =
                    new LaneHarness(clusters, new InMemoryObjectStore(), LaneHarness.plan(source, topics.names()));
            lane.seed();
            topics.write("none", "none", 12);
            TopicPartition partition = partitions(lane).get(0);
            source.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(37)))
                    .all()
                    .get();

            CompletableFuture<Void> tail = lane.tail();
            Map<PartitionId, SourceOffset> ends = LaneHarness.ends(source, partitions(lane));
            lane.control(LaneControl.first().drain(ends));
            lane.awaitDrained(ends, tail);

            PartitionId id = PartitionId.of(topics.name("none"), 0);
            assertThat(lane.checkpoint().gaps()).containsExactly(new Gap(id, SourceOffset.of(30), SourceOffset.of(36)));
            assertThat(lane.map(id).translate(SourceOffset.of(33)))
                    .isEqualTo(new Translation.NextSurvivor(TargetOffset.of(30)));
            lane.control(LaneControl.first().drain(ends).stop());
            tail.get(20, TimeUnit.SECONDS);
            assertThat(lane.digest().allMatch()).isTrue();
            List<Gap> gaps = lane.checkpoint().gaps();
            assertThat(lane.read(lane.objects.status(LaneHarness.LANE), LaneStatus.class)
                            .gaps())
                    .isEqualTo(gaps);
            assertThat(lane.read(lane.objects.laneResult(ReplicationMode.TAIL, LaneHarness.LANE), LaneResult.class)
                            .gaps())
                    .isEqualTo(gaps);
        }
    }

    @Test
    void goesOnWhileThePartitionsThatItReadsAreEmptied() throws Exception {
        try (Admin source = Admin.create(
                        Map.of("bootstrap.servers", clusters.source().bootstrapServers()));
                Admin target = Admin.create(
                        Map.of("bootstrap.servers", clusters.target().bootstrapServers()))) {
            MixedTopics topics = new MixedTopics("aging", clusters.source().bootstrapServers(), source, 13);
            topics.createOne("lz4", 2);
            topics.createOne("transactional", 2);
            topics.recreateOnTarget(target);
            LaneHarness lane =
                    new LaneHarness(clusters, new InMemoryObjectStore(), LaneHarness.plan(source, topics.names()));
            CompletableFuture<Void> tail = lane.tail();
            for (int round = 0; round < 12; round++) {
                topics.write("lz4", "lz4", 24);
                topics.transactions();
                empty(source, lane);
            }
            Map<PartitionId, SourceOffset> ends = LaneHarness.ends(source, partitions(lane));

            lane.control(LaneControl.first().drain(ends));

            lane.awaitDrained(ends, tail);
            lane.control(LaneControl.first().drain(ends).stop());
            tail.get(20, TimeUnit.SECONDS);
            assertThat(lane.digest().allMatch()).isTrue();
        }
    }

    /** Does to every partition what retention does to one whose records are all too old. */
    private static void empty(Admin source, LaneHarness lane) throws Exception {
        source.deleteRecords(partitions(lane).stream()
                        .collect(java.util.stream.Collectors.toMap(p -> p, p -> RecordsToDelete.beforeOffset(-1))))
                .all()
                .get();
    }

    private static List<TopicPartition> partitions(LaneHarness lane) {
        return lane.plan.partitions().stream()
                .map(p -> new TopicPartition(
                        p.partition().topic().value(), p.partition().index()))
                .toList();
    }

    private static Map<PartitionId, SourceOffset> seedEnds(LaneHarness lane) {
        return lane.plan.partitions().stream()
                .collect(java.util.stream.Collectors.toMap(p -> p.partition(), p -> p.seedUntil()));
    }

    /** Waits until the cleaner has been at the compacted topic. */
    private void awaitHoles(MixedTopics topics) {
        TopicPartition partition = new TopicPartition(topics.name("compacted"), 0);
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            List<ReferenceReader.Seen> seen =
                    ReferenceReader.read(clusters.source().bootstrapServers(), partition, 0, 160);
            return seen.size() < 90;
        });
    }
}
