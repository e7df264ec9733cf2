package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kraftlift.access.stores.FileObjectStore;
import io.kraftlift.brokers.ForkedJvm;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RealClusters(sourceProperties = {"log.cleaner.backoff.ms=100", "log.retention.check.interval.ms=200"})
final class WorkerKillIT {
    private static final int KILLS = 20;
    private static final long SEED = 20_261_123;

    private final Clusters clusters;

    private final Path directory;

    private final WorkerProcesses workers;

    WorkerKillIT(Clusters clusters, @TempDir Path directory) {
        this.clusters = clusters;
        this.directory = directory;
        this.workers = new WorkerProcesses(clusters, directory);
    }

    @Test
    void staysExactWhenWorkersAreKilledAtRandomAndOneWakesUpLate() throws Exception {
        Random random = new Random(SEED);
        try (Admin source = Admin.create(
                        Map.of("bootstrap.servers", clusters.source().bootstrapServers()));
                Admin target = Admin.create(
                        Map.of("bootstrap.servers", clusters.target().bootstrapServers()))) {
            MixedTopics topics = new MixedTopics("killed", clusters.source().bootstrapServers(), source, SEED);
            topics.createOne("lz4", 3);
            topics.createOne("none", 2);
            topics.createOne("transactional", 2);
            topics.recreateOnTarget(target);
            LaneHarness lane = WorkerProcesses.planned(new LaneHarness(
                    clusters,
                    new FileObjectStore(directory.resolve("store")),
                    LaneHarness.plan(source, topics.names())));
            AtomicBoolean writing = new AtomicBoolean(true);
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(topics, writing));

            for (int kill = 0; kill < KILLS; kill++) {
                try (ForkedJvm worker = workers.start(lane, ReplicationMode.TAIL)) {
                    long segments = WorkerProcesses.segments(lane);
                    await().atMost(Duration.ofMinutes(3))
                            .until(() -> WorkerProcesses.segments(lane) > segments || !worker.isAlive());
                    WorkerProcesses.pause(random.nextInt(700));
                    worker.kill();
                }
                WorkerProcesses.freeTheLease(lane);
            }

            try (ForkedJvm sleeper = workers.start(lane, ReplicationMode.TAIL)) {
                long segments = WorkerProcesses.segments(lane);
                await().atMost(Duration.ofMinutes(3)).until(() -> WorkerProcesses.segments(lane) > segments);
                workers.pauseUnlocked(sleeper);
                WorkerProcesses.freeTheLease(lane);
                try (ForkedJvm successor = workers.start(lane, ReplicationMode.TAIL)) {
                    // Its own ones: where both write the same number, either may lose, and end.
                    long before = WorkerProcesses.segments(lane);
                    await().atMost(Duration.ofMinutes(3)).until(() -> WorkerProcesses.segments(lane) > before + 3);
                    sleeper.resume();
                    assertThat(sleeper.onExit().get(180, TimeUnit.SECONDS)).isEqualTo(ExitStatus.TRY_AGAIN.code());
                    writing.set(false);
                    writer.get(180, TimeUnit.SECONDS);
                    Map<PartitionId, SourceOffset> ends = LaneHarness.ends(source, partitions(lane));
                    lane.control(LaneControl.first().drain(ends));
                    lane.awaitDrained(ends, WorkerProcesses.run(successor));
                    new Invariants(lane).holdAt(ends);
                    lane.control(LaneControl.first().drain(ends).stop());
                    assertThat(successor.onExit().get(180, TimeUnit.SECONDS)).isZero();
                }
            }
            assertThat(lane.digest().allMatch()).isTrue();
        }
    }

    @Test
    void bringsWhatIsInHandToTheTargetAtSigtermAndGoesOnInTheNextRun() throws Exception {
        try (Admin source = Admin.create(
                        Map.of("bootstrap.servers", clusters.source().bootstrapServers()));
                Admin target = Admin.create(
                        Map.of("bootstrap.servers", clusters.target().bootstrapServers()))) {
            MixedTopics topics = new MixedTopics("asked", clusters.source().bootstrapServers(), source, SEED);
            topics.createOne("lz4", 2);
            topics.createOne(target, "none", 1);
            LaneHarness lane = WorkerProcesses.planned(new LaneHarness(
                    clusters,
                    new FileObjectStore(directory.resolve("store")),
                    LaneHarness.plan(source, topics.names())));
            topics.write("lz4", "lz4", 60);
            try (ForkedJvm worker = workers.start(lane, ReplicationMode.TAIL)) {
                await().atMost(Duration.ofMinutes(3)).until(() -> WorkerProcesses.segments(lane) > 1);
                topics.write("none", "none", 60);

                worker.stop(Duration.ofSeconds(20));

                // 143 is SIGTERM's own; SIGKILL, which follows the grace time, would be 137.
                assertThat(worker.onExit().get(1, TimeUnit.SECONDS)).isIn(0, 143);
            }
            Checkpoint left = lane.checkpoint();
            assertThat(left.segment()).isEqualTo(WorkerProcesses.segments(lane) - 1);
            assertThat(left.mapsThrough()).isEqualTo(left.segment());

            topics.write("lz4", "lz4", 30);
            try (ForkedJvm next = workers.start(lane, ReplicationMode.TAIL)) {
                Map<PartitionId, SourceOffset> ends = LaneHarness.ends(source, partitions(lane));
                lane.control(LaneControl.first().drain(ends));
                lane.awaitDrained(ends, WorkerProcesses.run(next));
                new Invariants(lane).holdAt(ends);
                lane.control(LaneControl.first().drain(ends).stop());
                assertThat(next.onExit().get(180, TimeUnit.SECONDS)).isZero();
            }
        }
    }

    private static void write(MixedTopics topics, AtomicBoolean writing) {
        try {
            while (writing.get()) {
                topics.write("lz4", "lz4", 60);
                topics.write("none", "none", 30);
                topics.transactions();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<TopicPartition> partitions(LaneHarness lane) {
        return lane.plan.partitions().stream()
                .map(p -> new TopicPartition(
                        p.partition().topic().value(), p.partition().index()))
                .toList();
    }
}
