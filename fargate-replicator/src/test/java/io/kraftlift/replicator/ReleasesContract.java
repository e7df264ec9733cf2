package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LaneResult;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What a copy between two releases must do; one subclass for each pair. */
abstract class ReleasesContract {
    private final Clusters clusters;

    ReleasesContract(Clusters clusters) {
        this.clusters = clusters;
    }

    @Test
    void copiesEveryKindOfBatchOnceAndInOrderThroughSeedTailAndDrain() throws Exception {
        try (Admin source = Admin.create(
                        Map.of("bootstrap.servers", clusters.source().bootstrapServers()));
                Admin target = Admin.create(
                        Map.of("bootstrap.servers", clusters.target().bootstrapServers()))) {
            MixedTopics topics = new MixedTopics("releases", clusters.source().bootstrapServers(), source, 28);
            topics.create(target, 4);
            awaitCompaction(topics);
            topics.stopCompaction();
            LaneHarness lane =
                    new LaneHarness(clusters, new InMemoryObjectStore(), LaneHarness.plan(source, topics.names()));

            lane.seed();
            new Invariants(lane)
                    .holdAt(lane.plan.partitions().stream()
                            .collect(Collectors.toMap(LanePartition::partition, LanePartition::seedUntil)));

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
        }
    }

    private void awaitCompaction(MixedTopics topics) {
        TopicPartition partition = new TopicPartition(topics.name("compacted"), 0);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> ReferenceReader.read(clusters.source().bootstrapServers(), partition, 0, 160)
                                .size()
                        < 90);
    }

    private static List<TopicPartition> partitions(LaneHarness lane) {
        return lane.plan.partitions().stream()
                .map(LanePartition::partition)
                .map(id -> new TopicPartition(id.topic().value(), id.index()))
                .toList();
    }
}
