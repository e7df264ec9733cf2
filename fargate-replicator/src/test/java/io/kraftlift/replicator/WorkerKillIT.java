package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.stores.FileObjectStore;
import io.kraftlift.brokers.ForkedJvm;
import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.lanes.LaneLease;
import io.kraftlift.core.lanes.LanePlans;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.statemachine.WorkerEnvironment;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
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

    private int workers;

    WorkerKillIT(Clusters clusters, @TempDir Path directory) {
        this.clusters = clusters;
        this.directory = directory;
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
            LaneHarness lane = new LaneHarness(
                    clusters,
                    new FileObjectStore(directory.resolve("store")),
                    LaneHarness.plan(source, topics.names()));
            lane.store.put(
                    lane.objects.plan("lanes.json"),
                    ByteBuffer.wrap(Documents.write(new LanePlans(List.of(lane.plan)))));
            AtomicBoolean writing = new AtomicBoolean(true);
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(topics, writing));

            for (int kill = 0; kill < KILLS; kill++) {
                try (ForkedJvm worker = start(lane)) {
                    long segments = segments(lane);
                    await().atMost(Duration.ofSeconds(40)).until(() -> segments(lane) > segments || !worker.isAlive());
                    pause(random.nextInt(700));
                    worker.kill();
                }
                freeTheLease(lane);
            }

            try (ForkedJvm sleeper = start(lane)) {
                long segments = segments(lane);
                await().atMost(Duration.ofSeconds(40)).until(() -> segments(lane) > segments);
                sleeper.pause();
                freeTheLease(lane);
                try (ForkedJvm successor = start(lane)) {
                    long before = lane.checkpoint().segment();
                    await().atMost(Duration.ofSeconds(40))
                            .until(() -> lane.checkpoint().segment() > before + 3);
                    sleeper.resume();
                    assertThat(sleeper.onExit().get(30, TimeUnit.SECONDS)).isEqualTo(ExitStatus.TRY_AGAIN.code());
                    writing.set(false);
                    writer.get(30, TimeUnit.SECONDS);
                    Map<PartitionId, SourceOffset> ends = LaneHarness.ends(source, partitions(lane));
                    lane.control(LaneControl.first().drain(ends));
                    lane.awaitDrained(ends, new CompletableFuture<>());
                    new Invariants(lane).holdAt(ends);
                    lane.control(LaneControl.first().drain(ends).stop());
                    assertThat(successor.onExit().get(30, TimeUnit.SECONDS)).isZero();
                }
            }
            assertThat(lane.digest().allMatch()).isTrue();
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

    private static long segments(LaneHarness lane) {
        return lane.store.list(lane.objects.lane(LaneHarness.LANE)).size();
    }

    /** What the time to live would do after a while. */
    private static void freeTheLease(LaneHarness lane) {
        LaneLease free = new LaneLease(LaneHarness.LANE, UUID.randomUUID(), Instant.EPOCH);
        lane.store.put(lane.objects.laneLease(LaneHarness.LANE), ByteBuffer.wrap(Documents.write(free)));
    }

    private static void pause(int millis) {
        Instant end = Instant.now().plusMillis(millis);
        await().pollInterval(Duration.ofMillis(5)).until(() -> Instant.now().isAfter(end));
    }

    private ForkedJvm start(LaneHarness lane) throws Exception {
        String yaml = String.join(
                "\n",
                "source:",
                "  bootstrap_servers: " + clusters.source().bootstrapServers(),
                "  auth: {mode: plaintext}",
                "target:",
                "  bootstrap_servers: " + clusters.target().bootstrapServers(),
                "  auth: {mode: plaintext}",
                "backup: {directory: " + directory.resolve("store") + "}",
                "evidence: {directory: " + directory.resolve("evidence") + "}",
                "");
        byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(directory.resolve("kraftlift.yaml"), bytes);
        RunReference run =
                new RunReference(lane.objects.migration(), new ObjectReference(file.toUri(), Sha256.of(bytes)));
        workers++;
        return ForkedJvm.named("worker-" + workers)
                .mainClass(Worker.class.getName())
                .classPath(System.getProperty("java.class.path"))
                .jvmOptions(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"))
                .environment(Map.of(
                        WorkerEnvironment.RUN,
                        Documents.writeText(run),
                        WorkerEnvironment.LANE,
                        LaneHarness.LANE.toString(),
                        WorkerEnvironment.MODE,
                        ReplicationMode.TAIL.name()))
                .logFile(directory.resolve("worker-" + workers + ".log"))
                .start();
    }

    private static List<TopicPartition> partitions(LaneHarness lane) {
        return lane.plan.partitions().stream()
                .map(p -> new TopicPartition(
                        p.partition().topic().value(), p.partition().index()))
                .toList();
    }
}
