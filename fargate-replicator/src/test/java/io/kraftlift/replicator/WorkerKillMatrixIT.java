package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kraftlift.access.stores.FileObjectStore;
import io.kraftlift.brokers.ForkedJvm;
import io.kraftlift.core.config.ByteSize;
import io.kraftlift.core.config.SeedSettings;
import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** As {@link WorkerKillIT}, with every kind of batch, in the seed and in the tail, and ten times as often. */
@Tag("matrix")
@RealClusters(sourceProperties = {"log.cleaner.backoff.ms=100", "log.retention.check.interval.ms=200"})
final class WorkerKillMatrixIT {
    private static final int KILLS = 200;
    private static final int SEED_KILLS = 80;
    private static final long SEED = 20_261_125;

    /** Slow enough that the seed of some two megabytes lives through its kills. */
    private static final SeedSettings SLOW = new SeedSettings(4, ByteSize.mebibytes(1), 1, new ByteSize(64 << 10));

    private final Clusters clusters;
    private final WorkerProcesses workers;
    private final Random random = new Random(SEED);
    private int kills;
    private int endedByThemselves;

    WorkerKillMatrixIT(Clusters clusters, @TempDir Path directory) {
        this.clusters = clusters;
        this.workers = new WorkerProcesses(clusters, directory);
    }

    @Test
    void copiesEveryKindOfBatchOnceWhenWorkersAreKilledTwoHundredTimes(TestReporter report) throws Exception {
        Instant begun = Instant.now();
        try (Admin source = Admin.create(
                        Map.of("bootstrap.servers", clusters.source().bootstrapServers()));
                Admin target = Admin.create(
                        Map.of("bootstrap.servers", clusters.target().bootstrapServers()))) {
            MixedTopics topics = new MixedTopics("matrix", clusters.source().bootstrapServers(), source, SEED);
            topics.create(target, 40);
            topics.stopCompaction();
            LaneHarness lane = WorkerProcesses.planned(new LaneHarness(
                    clusters,
                    new FileObjectStore(workers.store()),
                    LaneHarness.plan(source, topics.names()),
                    LaneHarness.quick(),
                    SLOW));

            seed(lane);
            int killedInTheSeed = kills;
            AtomicBoolean writing = new AtomicBoolean(true);
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(topics, writing));
            while (kills < KILLS) {
                killOne(lane, ReplicationMode.TAIL);
            }
            writing.set(false);
            writer.get(60, TimeUnit.SECONDS);
            Map<PartitionId, SourceOffset> ends = LaneHarness.ends(source, partitions(lane));
            drain(lane, ends);

            new Invariants(lane).holdAt(ends);
            assertThat(lane.digest().allMatch()).isTrue();
            assertThat(lane.checkpoint().gaps()).isEmpty();
            report.publishEntry(Map.of(
                    "seed", Long.toString(SEED),
                    "kills", Integer.toString(kills),
                    "kills in the seed", Integer.toString(killedInTheSeed),
                    "workers that ended by themselves", Integer.toString(endedByThemselves),
                    "segments", Long.toString(WorkerProcesses.segments(lane)),
                    "records", Long.toString(records(lane)),
                    "seconds",
                            Long.toString(Duration.between(begun, Instant.now()).toSeconds())));
        }
    }

    private static long records(LaneHarness lane) {
        return lane.checkpoint().partitions().values().stream()
                .mapToLong(progress -> progress.records())
                .sum();
    }

    private void seed(LaneHarness lane) throws Exception {
        boolean complete = false;
        while (!complete && kills < SEED_KILLS) {
            complete = killOne(lane, ReplicationMode.SEED);
        }
        if (!complete) {
            try (ForkedJvm last = workers.start(lane, ReplicationMode.SEED)) {
                assertThat(last.onExit().get(120, TimeUnit.SECONDS)).isZero();
            }
            WorkerProcesses.freeTheLease(lane);
        }
        new Invariants(lane).holdAt(seedEnds(lane));
    }

    /** Starts a worker and kills it, at any moment of its life; true when it was done before. */
    private boolean killOne(LaneHarness lane, ReplicationMode mode) throws Exception {
        try (ForkedJvm worker = workers.start(lane, mode)) {
            if (random.nextBoolean()) {
                long segments = WorkerProcesses.segments(lane);
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> WorkerProcesses.segments(lane) > segments || !worker.isAlive());
                WorkerProcesses.pause(random.nextInt(700));
            } else {
                WorkerProcesses.pause(random.nextInt(4_000));
            }
            if (worker.isAlive()) {
                worker.kill();
            }
            int status = worker.onExit().get(10, TimeUnit.SECONDS);
            if (status == 0) {
                assertThat(mode).isEqualTo(ReplicationMode.SEED);
                return true;
            }
            if (status == ExitStatus.TRY_AGAIN.code()) {
                endedByThemselves++;
            } else {
                assertThat(status).as(worker.logTail(20)).isEqualTo(128 + 9);
                kills++;
            }
        }
        WorkerProcesses.freeTheLease(lane);
        return false;
    }

    private void drain(LaneHarness lane, Map<PartitionId, SourceOffset> ends) throws Exception {
        try (ForkedJvm last = workers.start(lane, ReplicationMode.TAIL)) {
            lane.control(LaneControl.first().drain(ends));
            lane.awaitDrained(ends, new CompletableFuture<>());
            lane.control(LaneControl.first().drain(ends).stop());
            assertThat(last.onExit().get(30, TimeUnit.SECONDS)).isZero();
        }
    }

    private static void write(MixedTopics topics, AtomicBoolean writing) {
        try {
            while (writing.get()) {
                topics.fill(1);
                WorkerProcesses.pause(400);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<TopicPartition> partitions(LaneHarness lane) {
        return lane.plan.partitions().stream()
                .map(LanePartition::partition)
                .map(id -> new TopicPartition(id.topic().value(), id.index()))
                .toList();
    }

    private static Map<PartitionId, SourceOffset> seedEnds(LaneHarness lane) {
        return lane.plan.partitions().stream()
                .collect(java.util.stream.Collectors.toMap(LanePartition::partition, LanePartition::seedUntil));
    }
}
