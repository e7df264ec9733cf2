package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kraftlift.brokers.KafkaCluster;
import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.offsets.SourceOffset;
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
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

@RealClusters(shared = false)
final class BrokerRestartIT {
    private final Clusters clusters;

    BrokerRestartIT(Clusters clusters) {
        this.clusters = clusters;
    }

    @Test
    void copiesEveryRecordOnceWhileBothSidesRestart() throws Exception {
        try (Admin source = Admin.create(
                        Map.of("bootstrap.servers", clusters.source().bootstrapServers()));
                Admin target = Admin.create(
                        Map.of("bootstrap.servers", clusters.target().bootstrapServers()))) {
            MixedTopics topics = new MixedTopics("restart", clusters.source().bootstrapServers(), source, 31);
            topics.createOne("lz4", 2);
            topics.createOne(target, "none", 1);
            LaneHarness lane =
                    new LaneHarness(clusters, new InMemoryObjectStore(), LaneHarness.plan(source, topics.names()));
            CompletableFuture<Void> tail = lane.tail();
            topics.write("none", "none", 30);
            awaitSomeRecords(lane);

            CompletableFuture<Void> targetBack = restart(clusters.target());
            for (int round = 0; round < 6; round++) {
                topics.write("lz4", "lz4", 60);
                topics.write("none", "none", 60);
            }
            CompletableFuture<Void> sourceBack = restart(clusters.source());
            sourceBack.get(180, TimeUnit.SECONDS);
            awaitTopics(source, topics);
            topics.write("lz4", "lz4", 60);
            targetBack.get(180, TimeUnit.SECONDS);
            Map<PartitionId, SourceOffset> ends = LaneHarness.ends(source, partitions(lane));

            lane.control(LaneControl.first().drain(ends));

            lane.awaitDrained(ends, tail);
            new Invariants(lane).holdAt(ends);
            lane.control(LaneControl.first().drain(ends).stop());
            tail.get(180, TimeUnit.SECONDS);
            assertThat(lane.digest().allMatch()).isTrue();
        }
    }

    private static CompletableFuture<Void> restart(KafkaCluster cluster) {
        int broker = cluster.brokers().get(0).id();
        return CompletableFuture.runAsync(() -> cluster.restartBroker(broker));
    }

    /** A broker that is back knows its topics only when its controller has told it. */
    private static void awaitTopics(Admin source, MixedTopics topics) {
        await().atMost(Duration.ofMinutes(3))
                .ignoreExceptions()
                .until(() -> source.describeTopics(topics.names())
                                .allTopicNames()
                                .get()
                                .size()
                        == topics.names().size());
    }

    private static void awaitSomeRecords(LaneHarness lane) {
        await().atMost(Duration.ofMinutes(3))
                .until(() -> lane.hasCheckpoint()
                        && lane.checkpoint().partitions().values().stream()
                                .anyMatch(progress -> progress.records() > 0));
    }

    private static List<TopicPartition> partitions(LaneHarness lane) {
        return lane.plan.partitions().stream()
                .map(LanePartition::partition)
                .map(id -> new TopicPartition(id.topic().value(), id.index()))
                .toList();
    }
}
