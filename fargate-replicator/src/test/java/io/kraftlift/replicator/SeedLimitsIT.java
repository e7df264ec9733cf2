package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.access.stores.FileObjectStore;
import io.kraftlift.brokers.ForkedJvm;
import io.kraftlift.core.config.ByteSize;
import io.kraftlift.core.config.SeedSettings;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.LaneResult;
import io.kraftlift.core.lanes.LaneStatus;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.segments.SegmentEntry;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the seed's settings promise, as the lane's log and its status show it. */
@RealClusters(sourceProperties = {"log.cleaner.backoff.ms=100", "log.retention.check.interval.ms=200"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SeedLimitsIT {
    private static final int RECORD_BYTES = 10_000;
    private static final double FIVE_PERCENT_MORE = 1.05;

    private final Clusters clusters;
    private final Admin source;
    private final Admin target;

    SeedLimitsIT(Clusters clusters) {
        this.clusters = clusters;
        this.source = Admin.create(Map.of("bootstrap.servers", clusters.source().bootstrapServers()));
        this.target = Admin.create(Map.of("bootstrap.servers", clusters.target().bootstrapServers()));
    }

    @AfterAll
    void close() {
        source.close();
        target.close();
    }

    /** Half of the limit for each of two workers. That it is not slower than that needs a clock: {@link RateLimitTest}. */
    @Test
    void isNoFasterThanItsShareOfTheLimit() throws Exception {
        MixedTopics topics = new MixedTopics("limited", clusters.source().bootstrapServers(), source, 61);
        topics.createOne(target, "none", 2);
        write(topics, 0, 120);
        write(topics, 1, 120);
        SeedSettings seed = new SeedSettings(4, ByteSize.mebibytes(1), 2, new ByteSize(2_000_000));
        ConcurrentLinkedQueue<ObjectKey> writes = new ConcurrentLinkedQueue<>();
        InMemoryObjectStore store = new InMemoryObjectStore();
        LaneHarness lane = lane(topics, store, seed).over(new HookedStore(store, writes::add));
        Instant begun = Instant.now();

        lane.seed();

        double seconds = Duration.between(begun, Instant.now()).toMillis() / 1000.0;
        LaneResult result =
                lane.read(lane.objects.laneResult(ReplicationMode.SEED, LaneHarness.LANE), LaneResult.class);
        assertThat(result.bytes()).isGreaterThan(2_400_000);
        assertThat(result.bytes() / seconds).isLessThan(1_000_000 * FIVE_PERCENT_MORE);
        // The status is written about once a second, at the start and at the end.
        assertThat(writes.stream().filter(lane.objects.status(LaneHarness.LANE)::equals))
                .hasSizeBetween(3, (int) seconds + 2);
        LaneStatus status = lane.read(lane.objects.status(LaneHarness.LANE), LaneStatus.class);
        assertThat(status.totalLag()).isZero();
        assertThat(status.etaSeconds()).isZero();
        assertThat(status.recordsCopied()).isEqualTo(240);
    }

    @Test
    void copiesNoMorePartitionsSideBySideThanItMay() throws Exception {
        MixedTopics topics = new MixedTopics("window", clusters.source().bootstrapServers(), source, 62);
        topics.createOne(target, "none", 6);
        for (int partition = 0; partition < 6; partition++) {
            write(topics, partition, 60);
        }

        LaneHarness two = lane(topics, new InMemoryObjectStore(), new SeedSettings(2, ByteSize.mebibytes(1), 1, null));
        two.seed();

        assertThat(mostSideBySide(two)).isEqualTo(2);
    }

    /** A partition with most of the data is not copied first: others are done long before it. */
    @Test
    void letsSmallPartitionsThroughBesideALargeOne() throws Exception {
        MixedTopics topics = new MixedTopics("fair", clusters.source().bootstrapServers(), source, 63);
        topics.createOne(target, "none", 6);
        write(topics, 0, 600);
        for (int partition = 1; partition < 6; partition++) {
            write(topics, partition, 20);
        }

        LaneHarness lane = lane(topics, new InMemoryObjectStore(), new SeedSettings(2, ByteSize.mebibytes(1), 1, null));
        lane.seed();

        List<PartitionId> order =
                batchesInOrder(lane).stream().map(SegmentEntry.Batch::partition).toList();
        PartitionId large = PartitionId.of(topics.name("none"), 0);
        long largeBeforeTheLastSmall = order.subList(0, lastOther(order, large)).stream()
                .filter(large::equals)
                .count();
        long largeInAll = order.stream().filter(large::equals).count();
        assertThat(largeBeforeTheLastSmall).isLessThan(largeInAll / 2);
    }

    @Test
    void copiesTwoLanesInTwoProcesses(@TempDir Path directory) throws Exception {
        WorkerProcesses workers = new WorkerProcesses(clusters, directory);
        MixedTopics topics = new MixedTopics("lanes", clusters.source().bootstrapServers(), source, 64);
        topics.createOne("lz4", 3);
        topics.createOne("transactional", 2);
        topics.recreateOnTarget(target);
        topics.write("lz4", "lz4", 90);
        topics.transactions();
        FileObjectStore store = new FileObjectStore(workers.store());
        List<LanePartition> all = LaneHarness.plan(source, topics.names()).partitions();
        LaneHarness one = new LaneHarness(clusters, store, new LanePlan(new LaneId(0), all.subList(0, 2)));
        LaneHarness other = new LaneHarness(clusters, store, new LanePlan(new LaneId(1), all.subList(2, 5)));
        WorkerProcesses.planned(one, other);

        try (ForkedJvm first = workers.start(one, ReplicationMode.SEED);
                ForkedJvm second = workers.start(other, ReplicationMode.SEED)) {
            assertThat(first.onExit().get(60, TimeUnit.SECONDS))
                    .as(first.logTail(20))
                    .isZero();
            assertThat(second.onExit().get(60, TimeUnit.SECONDS))
                    .as(second.logTail(20))
                    .isZero();
        }

        for (LaneHarness lane : List.of(one, other)) {
            new Invariants(lane)
                    .holdAt(lane.plan.partitions().stream()
                            .collect(Collectors.toMap(LanePartition::partition, LanePartition::seedUntil)));
            assertThat(lane.digest().allMatch()).isTrue();
        }
    }

    /** How many partitions had begun and were not at their end, at most, in the order of the log. */
    private static int mostSideBySide(LaneHarness lane) {
        Map<PartitionId, SourceOffset> ends = new HashMap<>();
        lane.plan.partitions().forEach(partition -> ends.put(partition.partition(), partition.seedUntil()));
        Set<PartitionId> begun = new TreeSet<>();
        int most = 0;
        for (SegmentEntry.Batch batch : batchesInOrder(lane)) {
            begun.add(batch.partition());
            most = Math.max(most, begun.size());
            @Nullable SourceOffset end = ends.get(batch.partition());
            if (batch.sourceNext().equals(end)) {
                begun.remove(batch.partition());
            }
        }
        return most;
    }

    private static List<SegmentEntry.Batch> batchesInOrder(LaneHarness lane) {
        SegmentLog log = new SegmentLog(lane.work(ReplicationMode.SEED));
        List<SegmentEntry.Batch> batches = new ArrayList<>();
        for (long number = 0; number < log.count(); number++) {
            for (SegmentEntry entry : log.read(number).entries()) {
                if (entry instanceof SegmentEntry.Batch batch) {
                    batches.add(batch);
                }
            }
        }
        return batches;
    }

    private static int lastOther(List<PartitionId> order, PartitionId large) {
        int last = -1;
        for (int at = 0; at < order.size(); at++) {
            last = order.get(at).equals(large) ? last : at;
        }
        return last;
    }

    /** Fetches bring a part of a partition at a time, so that several are under way where they may be. */
    private LaneHarness lane(MixedTopics topics, InMemoryObjectStore store, SeedSettings seed) throws Exception {
        EngineSettings quick = LaneHarness.quick();
        EngineSettings smallFetches = new EngineSettings(
                quick.memoryBudget(),
                quick.partitionBudget(),
                128 << 10,
                quick.seedLinger(),
                quick.tailLinger(),
                quick.checkpointEvery(),
                quick.mapsEvery(),
                quick.controlEvery(),
                quick.leaseTime(),
                quick.leasePatience(),
                quick.sourceEvery(),
                quick.goneAfter());
        return new LaneHarness(clusters, store, LaneHarness.plan(source, topics.names()), smallFetches, seed);
    }

    private static void write(MixedTopics topics, int partition, int records) {
        Random random = new Random(partition);
        try (KafkaProducer<byte[], byte[]> producer = topics.producer("none", Map.of("batch.size", RECORD_BYTES))) {
            for (int i = 0; i < records; i++) {
                byte[] value = new byte[RECORD_BYTES];
                random.nextBytes(value);
                var unused = producer.send(new ProducerRecord<>(topics.name("none"), partition, null, value));
            }
        }
    }
}
