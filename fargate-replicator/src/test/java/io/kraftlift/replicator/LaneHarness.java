package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.brokers.KafkaCluster;
import io.kraftlift.core.config.AclDrift;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ByteSize;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.config.ConfigDrift;
import io.kraftlift.core.config.CutoverSettings;
import io.kraftlift.core.config.EvidenceSettings;
import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.config.SeedSettings;
import io.kraftlift.core.config.SentinelKind;
import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.config.TopicSelection;
import io.kraftlift.core.config.ValidationMode;
import io.kraftlift.core.config.ValidationSettings;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.lanes.LaneDigest;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.offsets.OffsetMap;
import io.kraftlift.core.offsets.OffsetMapFormat;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicId;
import io.kraftlift.testkit.Clusters;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** A lane over real clusters, whose store and settings a test may replace. */
final class LaneHarness {
    static final LaneId LANE = new LaneId(3);
    static final SeedSettings SEED = new SeedSettings(4, ByteSize.mebibytes(1), 1, null);
    private static final MigrationId MIGRATION = new MigrationId("mover-test");

    final MigrationObjects objects = new MigrationObjects(MIGRATION);
    final Clusters clusters;
    final ObjectStore store;
    final LanePlan plan;
    final EngineSettings settings;
    final SeedSettings seed;
    private Surroundings surroundings = Surroundings.real();
    private Optional<ClusterSettings> source = Optional.empty();
    private Optional<ClusterSettings> target = Optional.empty();

    LaneHarness(Clusters clusters, ObjectStore store, LanePlan plan) {
        this(clusters, store, plan, quick(), SEED);
    }

    LaneHarness(Clusters clusters, ObjectStore store, LanePlan plan, EngineSettings settings, SeedSettings seed) {
        this.clusters = clusters;
        this.store = store;
        this.plan = plan;
        this.settings = settings;
        this.seed = seed;
    }

    /** Settings with which a test sees many segments and many checkpoints, and waits for no dead worker's lease. */
    static EngineSettings quick() {
        return new EngineSettings(
                16 << 20,
                4 << 20,
                1 << 20,
                Duration.ofMillis(30),
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                Duration.ofMillis(60),
                Duration.ofMillis(20),
                Duration.ofSeconds(15),
                Duration.ofSeconds(20),
                Duration.ofMillis(100),
                Duration.ofSeconds(2));
    }

    LaneHarness over(ObjectStore other) {
        return new LaneHarness(clusters, other, plan, settings, seed);
    }

    /** The same lane over another store, for a worker with a clock of its own. */
    LaneHarness over(ObjectStore other, Clock clock) {
        LaneHarness lane = over(other);
        Surroundings real = Surroundings.real();
        lane.surroundings = new Surroundings(real.environment(), clock, real.sleeper(), real.random());
        return lane;
    }

    /** The same lane for a worker that gets to the clusters by these ways. */
    LaneHarness by(ClusterSettings toSource, ClusterSettings toTarget) {
        LaneHarness lane = over(store);
        lane.source = Optional.of(toSource);
        lane.target = Optional.of(toTarget);
        return lane;
    }

    /** The same lane over a store that fails, for a worker that does not wait long before it tries again. */
    LaneHarness impatientlyOver(ObjectStore other) {
        LaneHarness lane = over(other);
        Surroundings real = Surroundings.real();
        lane.surroundings = new Surroundings(
                real.environment(), real.clock(), pause -> real.sleeper().sleep(pause.dividedBy(50)), real.random());
        return lane;
    }

    /** The same lane for a worker that waits only so long for another's lease. */
    LaneHarness waitingForALease(Duration patience) {
        EngineSettings impatient = new EngineSettings(
                settings.memoryBudget(),
                settings.partitionBudget(),
                settings.fetchBytes(),
                settings.seedLinger(),
                settings.tailLinger(),
                settings.checkpointEvery(),
                settings.mapsEvery(),
                settings.controlEvery(),
                settings.leaseTime(),
                patience,
                settings.sourceEvery(),
                settings.goneAfter());
        return new LaneHarness(clusters, store, plan, impatient, seed);
    }

    /** A plan of all partitions of the topics as the source is now. */
    static LanePlan plan(Admin source, Collection<String> topics) throws Exception {
        List<TopicPartition> partitions = new ArrayList<>();
        Map<String, TopicId> ids = new HashMap<>();
        source.describeTopics(topics).allTopicNames().get().values().stream()
                .sorted(java.util.Comparator.comparing(t -> t.name()))
                .forEach(topic -> {
                    ids.put(topic.name(), new TopicId(topic.topicId().toString()));
                    topic.partitions().forEach(p -> partitions.add(new TopicPartition(topic.name(), p.partition())));
                });
        Map<TopicPartition, OffsetSpec> first = new HashMap<>();
        partitions.forEach(partition -> first.put(partition, OffsetSpec.earliest()));
        var starts = source.listOffsets(first).all().get();
        Map<PartitionId, SourceOffset> ends = ends(source, partitions);
        return new LanePlan(
                LANE,
                partitions.stream()
                        .map(partition -> {
                            PartitionId id = PartitionId.of(partition.topic(), partition.partition());
                            return new LanePartition(
                                    id,
                                    SourceOffset.of(required(starts, partition).offset()),
                                    required(ends, id),
                                    0,
                                    ids.get(partition.topic()));
                        })
                        .toList());
    }

    /**
     * The ends of all partitions, once no transaction is open. A commit returns before its markers are written: an end
     * taken before them would be one that a tail may already have passed.
     */
    static Map<PartitionId, SourceOffset> ends(Admin cluster, Collection<TopicPartition> partitions) throws Exception {
        return await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> settledEnds(cluster, partitions), Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<Map<PartitionId, SourceOffset>> settledEnds(
            Admin cluster, Collection<TopicPartition> partitions) throws Exception {
        Map<PartitionId, SourceOffset> committed = ends(cluster, partitions, IsolationLevel.READ_COMMITTED);
        return Optional.of(committed).filter(ends(cluster, partitions, IsolationLevel.READ_UNCOMMITTED)::equals);
    }

    private static Map<PartitionId, SourceOffset> ends(
            Admin cluster, Collection<TopicPartition> partitions, IsolationLevel isolation) throws Exception {
        Map<TopicPartition, OffsetSpec> last = new HashMap<>();
        partitions.forEach(partition -> last.put(partition, OffsetSpec.latest()));
        var ends = cluster.listOffsets(last, new ListOffsetsOptions(isolation))
                .all()
                .get();
        Map<PartitionId, SourceOffset> byId = new TreeMap<>();
        ends.forEach((partition, end) ->
                byId.put(PartitionId.of(partition.topic(), partition.partition()), SourceOffset.of(end.offset())));
        return byId;
    }

    static <K, V> V required(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key), () -> "nothing for " + key);
    }

    LaneWork work(ReplicationMode mode) {
        MigrationConfig config = config(
                source.orElseGet(() -> plaintext(clusters.source())),
                target.orElseGet(() -> plaintext(clusters.target())),
                seed);
        return new LaneWork(plan, mode, UUID.randomUUID(), config, store, objects, surroundings, settings);
    }

    /** A migration between two addresses, without any protection. */
    static MigrationConfig config(String source, String target, SeedSettings seed) {
        return config(plaintext(source), plaintext(target), seed);
    }

    private static MigrationConfig config(ClusterSettings source, ClusterSettings target, SeedSettings seed) {
        StoreSettings nowhere = new StoreSettings.Directory("unused");
        return new MigrationConfig(
                source,
                target,
                new TopicSelection(List.of(), List.of()),
                nowhere,
                new EvidenceSettings(nowhere, Period.ofYears(7), null),
                seed,
                ConfigDrift.FAIL,
                new CutoverSettings(
                        Duration.ofMinutes(30),
                        100,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        null,
                        null,
                        SentinelKind.RECORD,
                        Duration.ofHours(1)),
                new ValidationSettings(ValidationMode.FULL, 1, 3),
                AclDrift.MERGE);
    }

    static ClusterSettings plaintext(KafkaCluster cluster) {
        return plaintext(cluster.bootstrapServers());
    }

    private static ClusterSettings plaintext(String bootstrapServers) {
        return new ClusterSettings(new ClusterLocation.Bootstrap(bootstrapServers), new AuthSettings.Plaintext());
    }

    void seed() {
        new LaneReplication(work(ReplicationMode.SEED)).run();
    }

    /** A tail in a thread of its own; done when it ends. */
    CompletableFuture<Void> tail() {
        return start(ReplicationMode.TAIL);
    }

    CompletableFuture<Void> start(ReplicationMode mode) {
        LaneReplication replication = new LaneReplication(work(mode));
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        replication.run();
                        ended.complete(null);
                    } catch (Throwable e) {
                        ended.completeExceptionally(e);
                    }
                },
                "test-worker");
        thread.setDaemon(true);
        thread.start();
        return ended;
    }

    LaneDigest digest() {
        new LaneVerification(work(ReplicationMode.DIGEST), 2).run();
        return read(objects.laneResult(ReplicationMode.DIGEST, plan.lane()), LaneDigest.class);
    }

    void control(LaneControl control) {
        store.put(objects.control(), ByteBuffer.wrap(Documents.write(control)));
    }

    Checkpoint checkpoint() {
        return read(objects.checkpoint(plan.lane()), Checkpoint.class);
    }

    boolean hasCheckpoint() {
        return store.get(objects.checkpoint(plan.lane())).isPresent();
    }

    OffsetMap map(PartitionId partition) {
        ObjectKey key = objects.offsetMap(partition);
        return OffsetMapFormat.read(store.get(key).orElseThrow().content(), key.value());
    }

    <T> T read(ObjectKey key, Class<T> type) {
        return Documents.read(store.get(key).orElseThrow().content(), type, key.value());
    }

    /** Waits until the checkpoint and the maps say that exactly {@code ends} is reached. */
    void awaitDrained(Map<PartitionId, SourceOffset> ends, CompletableFuture<Void> tail) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> {
                    if (tail.isCompletedExceptionally()) {
                        tail.join();
                    }
                    assertThat(hasCheckpoint()).isTrue();
                    Checkpoint checkpoint = checkpoint();
                    Map<PartitionId, SourceOffset> reached = new TreeMap<>();
                    checkpoint
                            .partitions()
                            .forEach((partition, progress) -> reached.put(partition, progress.sourceNext()));
                    assertThat(reached).containsAllEntriesOf(ends);
                    assertThat(checkpoint.mapsThrough()).isEqualTo(checkpoint.segment());
                });
    }
}
