package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.access.stores.FileObjectStore;
import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.lanes.LaneDigest;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import io.kraftlift.testkit.stores.FaultyStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lane at work over a store in a directory that fails at every fifth call. */
@RealClusters(sourceProperties = {"log.cleaner.backoff.ms=100", "log.retention.check.interval.ms=200"})
final class StoreFaultsIT {
    private final Clusters clusters;
    private final Path directory;

    StoreFaultsIT(Clusters clusters, @TempDir Path directory) {
        this.clusters = clusters;
        this.directory = directory;
    }

    @ParameterizedTest
    @ValueSource(longs = {101, 202, 303})
    void copiesEveryRecordOnceOverAStoreThatFails(long seed) throws Exception {
        try (Admin source = Admin.create(
                        Map.of("bootstrap.servers", clusters.source().bootstrapServers()));
                Admin target = Admin.create(
                        Map.of("bootstrap.servers", clusters.target().bootstrapServers()))) {
            MixedTopics topics =
                    new MixedTopics("faults-" + seed, clusters.source().bootstrapServers(), source, seed);
            topics.createOne("lz4", 2);
            topics.createOne("transactional", 2);
            topics.recreateOnTarget(target);
            topics.write("lz4", "lz4", 60);
            topics.transactions();
            FileObjectStore real = new FileObjectStore(directory.resolve("store"));
            FaultyStore faulty = new FaultyStore(real, seed, 0.2, this::leaveHalf);
            LaneHarness lane = new LaneHarness(clusters, real, LaneHarness.plan(source, topics.names()));

            lane.impatientlyOver(faulty).seed();
            CompletableFuture<Void> tail = lane.impatientlyOver(faulty).tail();
            for (int round = 0; round < 8; round++) {
                topics.write("lz4", "lz4", 24);
                topics.transactions();
            }
            Map<PartitionId, SourceOffset> ends = LaneHarness.ends(source, partitions(lane));
            lane.control(LaneControl.first().drain(ends));
            lane.awaitDrained(ends, tail);
            lane.control(LaneControl.first().drain(ends).stop());
            tail.get(180, TimeUnit.SECONDS);

            new Invariants(lane).holdAt(ends);
            new LaneVerification(lane.impatientlyOver(faulty).work(ReplicationMode.DIGEST), 2).run();
            LaneDigest digest =
                    lane.read(lane.objects.laneResult(ReplicationMode.DIGEST, LaneHarness.LANE), LaneDigest.class);
            assertThat(digest.allMatch()).isTrue();
            assertThat(faulty.happened()).containsOnlyKeys(FaultyStore.Fault.values());
        }
    }

    /** What a process leaves that dies, or whose disk fills up, while it writes a file aside. */
    private void leaveHalf(ObjectKey key, ByteBuffer half) {
        try {
            Path folder = directory.resolve("store").resolve(key.value()).resolveSibling(".");
            Files.createDirectories(folder);
            byte[] bytes = new byte[half.remaining()];
            half.get(bytes);
            Files.write(folder.resolve(".aside-" + UUID.randomUUID()), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<TopicPartition> partitions(LaneHarness lane) {
        return lane.plan.partitions().stream()
                .map(LanePartition::partition)
                .map(id -> new TopicPartition(id.topic().value(), id.index()))
                .toList();
    }
}
