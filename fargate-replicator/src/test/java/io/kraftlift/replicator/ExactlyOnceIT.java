package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import io.kraftlift.testkit.crashes.CrashAfter;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RealClusters(sourceProperties = {"log.cleaner.backoff.ms=100", "log.retention.check.interval.ms=200"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExactlyOnceIT {
    /** A bound that no run of the small data set comes near. */
    private static final int MOST_WRITES = 200;

    private final Clusters clusters;
    private final Admin source;
    private final Admin target;

    ExactlyOnceIT(Clusters clusters) {
        this.clusters = clusters;
        this.source = Admin.create(Map.of("bootstrap.servers", clusters.source().bootstrapServers()));
        this.target = Admin.create(Map.of("bootstrap.servers", clusters.target().bootstrapServers()));
    }

    @BeforeAll
    void bothAnswer() throws Exception {
        assertThat(source.describeCluster().nodes().get()).isNotEmpty();
        assertThat(target.describeCluster().nodes().get()).isNotEmpty();
    }

    @AfterAll
    void close() {
        source.close();
        target.close();
    }

    @ParameterizedTest
    @EnumSource
    void holdsEveryInvariantWhereverTheWorkerDies(CrashAfter.Moment moment) throws Exception {
        MixedTopics topics = small("crash-" + moment.name().toLowerCase(Locale.ROOT));
        topics.recreateOnTarget(target);
        boolean crashed = true;
        for (int write = 0; crashed && write < MOST_WRITES; write++) {
            LaneHarness lane = emptiedTarget(topics, new PrivateLease(new InMemoryObjectStore()));
            CrashAfter dying = new CrashAfter(lane.store, write, moment, ExactlyOnceIT::matters);
            assertThatThrownBy(() -> {
                        lane.over(new PrivateLease(dying)).seed();
                        throw new Ended();
                    })
                    .isInstanceOfAny(CrashAfter.Crashed.class, Ended.class);
            crashed = dying.crashed();
            if (crashed) {
                lane.over(new PrivateLease(lane.store)).seed();
            }
            new Invariants(lane).holdAt(ends(lane));
        }
        assertThat(crashed).as("the last run ended by itself").isFalse();
    }

    /** Dies before it sends what is next; or after that had its effect, and before its answer is taken in. */
    @ParameterizedTest
    @EnumSource
    void holdsEveryInvariantWhicheverAnswerOfTheTargetIsTheLast(CrashAfter.Moment moment) throws Exception {
        MixedTopics topics = small("answers-" + moment.name().toLowerCase(Locale.ROOT));
        topics.recreateOnTarget(target);
        boolean crashed = true;
        for (int round = 0; crashed && round < MOST_WRITES; round++) {
            LaneHarness lane = emptiedTarget(topics, new InMemoryObjectStore());
            CrashingClock clock = new CrashingClock(
                    round, moment == CrashAfter.Moment.AFTER_THE_WRITE ? () -> awaitStillEnds(lane) : () -> {});
            assertThatThrownBy(() -> {
                        lane.over(new PrivateLease(lane.store), clock).seed();
                        throw new Ended();
                    })
                    .isInstanceOfAny(CrashingClock.Crashed.class, Ended.class);
            crashed = clock.crashed();
            if (crashed) {
                lane.over(new PrivateLease(lane.store)).seed();
            }
            new Invariants(lane).holdAt(ends(lane));
        }
        assertThat(crashed).as("the last run ended by itself").isFalse();
    }

    @Test
    void staysExactWhenTwoWorkersRunTheSameLane() throws Exception {
        MixedTopics topics = small("two");
        for (int round = 0; round < 8; round++) {
            topics.write("lz4", "lz4", 60);
            topics.transactions();
        }
        LaneHarness lane = freshTarget(topics, new InMemoryObjectStore());
        boolean done = false;
        for (int round = 0; !done && round < 40; round++) {
            CompletableFuture<Void> one =
                    lane.over(new PrivateLease(lane.store)).start(ReplicationMode.SEED);
            CompletableFuture<Void> other =
                    lane.over(new PrivateLease(lane.store)).start(ReplicationMode.SEED);
            boolean oneDone = doneOrLost(one);
            boolean otherDone = doneOrLost(other);
            done = oneDone || otherDone;
        }
        assertThat(done).isTrue();
        new Invariants(lane).holdAt(ends(lane));
        assertThat(lane.digest().allMatch()).isTrue();
    }

    /** The log of segments is replayed, not the source: so what the source does after the crash changes nothing. */
    @Test
    void copiesWhatWasBegunThoughTheSourceDeletedAndCompactedItBeforeTheResume() throws Exception {
        MixedTopics topics = new MixedTopics("gone", clusters.source().bootstrapServers(), source, 6);
        topics.createOne("lz4", 1);
        topics.createOne("compacted", 1, Map.of("min.cleanable.dirty.ratio", "0.01", "segment.ms", "100"));
        topics.recreateOnTarget(target);
        topics.write("lz4", "lz4", 40);
        topics.compactable();
        LaneHarness lane =
                new LaneHarness(clusters, new InMemoryObjectStore(), LaneHarness.plan(source, topics.names()));
        TopicPartition deleted = new TopicPartition(topics.name("lz4"), 0);
        TopicPartition compacted = new TopicPartition(topics.name("compacted"), 0);
        List<String> first = contents(deleted, clusters.source().bootstrapServers());
        List<String> second = contents(compacted, clusters.source().bootstrapServers());
        // Every record is in a segment, and none on the target.
        CrashingClock clock =
                new CrashingClock(0, () -> await().until(() -> sealedTo(lane).equals(ends(lane))));
        assertThatThrownBy(() -> lane.over(new PrivateLease(lane.store), clock).seed())
                .isInstanceOf(CrashingClock.Crashed.class);
        assertThat(contents(deleted, clusters.target().bootstrapServers())).isEmpty();

        source.deleteRecords(Map.of(deleted, RecordsToDelete.beforeOffset(40)))
                .all()
                .get();
        topics.startCompaction();
        topics.compactable();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> contents(compacted, clusters.source().bootstrapServers()).stream()
                                .filter(second::contains)
                                .count()
                        < 20);
        topics.stopCompaction();
        lane.over(new PrivateLease(lane.store)).seed();

        assertThat(contents(deleted, clusters.target().bootstrapServers())).isEqualTo(first);
        assertThat(contents(compacted, clusters.target().bootstrapServers())).isEqualTo(second);
        assertThat(lane.checkpoint().gaps()).isEmpty();
        assertThat(lane.digest().allMatch()).isTrue();
    }

    /** Up to where the segments have each partition. */
    private static Map<PartitionId, SourceOffset> sealedTo(LaneHarness lane) {
        SegmentLog log = new SegmentLog(lane.work(ReplicationMode.SEED));
        Map<PartitionId, SourceOffset> sealed = new HashMap<>();
        for (long number = 0; number < log.count(); number++) {
            log.read(number).progress().forEach((partition, state) -> sealed.put(partition, state.sourceNext()));
        }
        return sealed;
    }

    private static List<String> contents(TopicPartition partition, String servers) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            long start = offset(admin, partition, OffsetSpec.earliest());
            long end = offset(admin, partition, OffsetSpec.latest());
            return ReferenceReader.contents(ReferenceReader.read(servers, partition, start, end));
        }
    }

    private static long offset(Admin admin, TopicPartition partition, OffsetSpec spec) {
        try {
            return admin.listOffsets(Map.of(partition, spec))
                    .partitionResult(partition)
                    .get()
                    .offset();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until what was sent to the target has had its effect, as far as that can be seen from outside. */
    private void awaitStillEnds(LaneHarness lane) {
        AtomicReference<Object> last = new AtomicReference<>(0);
        await().pollInterval(Duration.ofMillis(15)).until(() -> {
            Object now = lane.plan.partitions().stream()
                    .map(LanePartition::partition)
                    .map(id -> offset(target, new TopicPartition(id.topic().value(), id.index()), OffsetSpec.latest()))
                    .toList();
            return last.getAndSet(now).equals(now);
        });
    }

    @Test
    void stopsAtARecordThatSomebodyElseWroteToTheTarget() throws Exception {
        MixedTopics topics = small("foreign");
        LaneHarness lane = freshTarget(topics, new InMemoryObjectStore());
        lane.seed();
        long end = LaneHarness.required(ends(lane), PartitionId.of(topics.name("lz4"), 0))
                .value();
        try (KafkaProducer<byte[], byte[]> stranger =
                topics.producerTo(clusters.target().bootstrapServers())) {
            stranger.send(new ProducerRecord<>(topics.name("lz4"), 0, new byte[1], new byte[2]))
                    .get();
        }
        topics.write("lz4", "lz4", 24);

        CompletableFuture<Void> tail = lane.tail();

        assertThat(failureOf(tail)).isInstanceOfSatisfying(InvariantBroken.class, broken -> {
            assertThat(broken.failureName()).isEqualTo(FailureName.FOREIGN_WRITER);
            assertThat(broken).hasMessageContaining(topics.name("lz4") + "/0").hasMessageContaining("" + end);
        });
    }

    private static Throwable failureOf(CompletableFuture<Void> run) throws Exception {
        try {
            run.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        }
        throw new AssertionError("the run ended well");
    }

    private static boolean doneOrLost(CompletableFuture<Void> run) throws Exception {
        try {
            run.get(60, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(
                            TryAgain.class,
                            again -> assertThat(again.failureName()).isEqualTo(FailureName.LANE_LOST));
            return false;
        }
    }

    /** Leases are each worker's own here; status is for eyes only. */
    private static boolean matters(ObjectKey key) {
        return !key.value().contains("/leases/") && !key.value().contains("/status/");
    }

    private MixedTopics small(String name) throws Exception {
        MixedTopics topics = new MixedTopics(name, clusters.source().bootstrapServers(), source, 5);
        topics.createOne("lz4", 1);
        topics.createOne("transactional", 2);
        topics.write("lz4", "lz4", 18);
        topics.transactions();
        return topics;
    }

    /** A lane to topics of the target that are made anew and empty. */
    private LaneHarness freshTarget(MixedTopics topics, ObjectStore store) throws Exception {
        topics.recreateOnTarget(target);
        return new LaneHarness(clusters, store, LaneHarness.plan(source, topics.names()));
    }

    /** A lane to topics of the target that have no record, but had some: its copy does not begin at 0. */
    private LaneHarness emptiedTarget(MixedTopics topics, ObjectStore store) throws Exception {
        LanePlan plan = LaneHarness.plan(source, topics.names());
        Map<TopicPartition, RecordsToDelete> all = plan.partitions().stream()
                .map(LanePartition::partition)
                .collect(Collectors.toMap(
                        id -> new TopicPartition(id.topic().value(), id.index()),
                        id -> RecordsToDelete.beforeOffset(-1)));
        target.deleteRecords(all).all().get();
        return new LaneHarness(clusters, store, plan);
    }

    private static Map<PartitionId, SourceOffset> ends(LaneHarness lane) {
        return lane.plan.partitions().stream()
                .collect(Collectors.toMap(LanePartition::partition, LanePartition::seedUntil));
    }

    /** The run ended before it could die. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
