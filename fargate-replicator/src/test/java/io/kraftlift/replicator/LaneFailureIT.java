package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.KraftliftFailure;
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
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A lane that is at work when something goes wrong ends with the failure's name; none of them stands still. */
@RealClusters(sourceProperties = {"log.cleaner.backoff.ms=100", "log.retention.check.interval.ms=200"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LaneFailureIT {
    private final Clusters clusters;
    private final Admin source;
    private final Admin target;

    LaneFailureIT(Clusters clusters) {
        this.clusters = clusters;
        this.source = Admin.create(Map.of("bootstrap.servers", clusters.source().bootstrapServers()));
        this.target = Admin.create(Map.of("bootstrap.servers", clusters.target().bootstrapServers()));
    }

    @AfterAll
    void close() {
        source.close();
        target.close();
    }

    @Test
    void stopsWhenSomebodyElseWritesToTheTargetDuringTheTail() throws Exception {
        MixedTopics topics = new MixedTopics("intruded", clusters.source().bootstrapServers(), source, 21);
        LaneHarness lane = lane(topics);
        CompletableFuture<Void> tail = lane.tail();
        topics.write("none", "none", 12);
        awaitCopied(lane, 12);
        try (KafkaProducer<byte[], byte[]> stranger =
                topics.producerTo(clusters.target().bootstrapServers())) {
            stranger.send(new ProducerRecord<>(topics.name("none"), 0, new byte[1], new byte[2]))
                    .get();
        }

        topics.write("none", "none", 6);

        assertThat(failureOf(tail).failureName()).isEqualTo(FailureName.FOREIGN_WRITER);
        assertThat(failureOf(tail))
                .hasMessageContaining(topics.name("none") + "/0")
                .hasMessageContaining("12");
    }

    @Test
    void namesTheBatchThatTheTargetFindsTooLargeAndGoesOnOnceItMayBe() throws Exception {
        MixedTopics topics = new MixedTopics("wide", clusters.source().bootstrapServers(), source, 22);
        LaneHarness lane = lane(topics);
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, topics.name("none"));
        alter(topic, "2000");
        try (KafkaProducer<byte[], byte[]> producer = topics.producer("none", Map.of())) {
            producer.send(new ProducerRecord<>(topics.name("none"), 0, new byte[1], new byte[5000]))
                    .get();
        }

        KraftliftFailure refused =
                failureOf(lane.over(new PrivateLease(lane.store)).tail());

        assertThat(refused.failureName()).isEqualTo(FailureName.RECORD_TOO_LARGE);
        assertThat(refused)
                .hasMessageContaining(topics.name("none") + "/0")
                .hasMessageContaining("max.message.bytes")
                .hasMessageMatching(".* of 50[0-9][0-9] bytes .*");
        alter(topic, "6000");
        CompletableFuture<Void> tail = lane.over(new PrivateLease(lane.store)).tail();
        drain(lane, tail);
        new Invariants(lane).holdAt(ends(lane));
    }

    @Test
    void leavesTheLaneToTheWorkerThatHoldsIt() throws Exception {
        MixedTopics topics = new MixedTopics("held", clusters.source().bootstrapServers(), source, 23);
        LaneHarness lane = lane(topics);
        CompletableFuture<Void> tail = lane.tail();
        topics.write("none", "none", 6);
        awaitCopied(lane, 6);

        KraftliftFailure refused =
                failureOf(lane.waitingForALease(Duration.ofMillis(300)).tail());

        assertThat(refused.failureName()).isEqualTo(FailureName.LANE_LEASE_HELD);
        assertThat(ExitStatus.of(refused).code()).isEqualTo(20);
        drain(lane, tail);
        new Invariants(lane).holdAt(ends(lane));
    }

    private LaneHarness lane(MixedTopics topics) throws Exception {
        topics.createOne(target, "none", 1);
        return new LaneHarness(clusters, new InMemoryObjectStore(), LaneHarness.plan(source, topics.names()));
    }

    private void alter(ConfigResource topic, String maxMessageBytes) throws Exception {
        AlterConfigOp set =
                new AlterConfigOp(new ConfigEntry("max.message.bytes", maxMessageBytes), AlterConfigOp.OpType.SET);
        target.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> LaneHarness.required(
                                target.describeConfigs(List.of(topic)).all().get(), topic)
                        .get("max.message.bytes")
                        .value()
                        .equals(maxMessageBytes));
    }

    private void drain(LaneHarness lane, CompletableFuture<Void> tail) throws Exception {
        Map<PartitionId, SourceOffset> ends = ends(lane);
        lane.control(LaneControl.first().drain(ends));
        lane.awaitDrained(ends, tail);
        lane.control(LaneControl.first().drain(ends).stop());
        tail.get(20, TimeUnit.SECONDS);
    }

    private Map<PartitionId, SourceOffset> ends(LaneHarness lane) throws Exception {
        return LaneHarness.ends(
                source,
                lane.plan.partitions().stream()
                        .map(LanePartition::partition)
                        .map(id -> new TopicPartition(id.topic().value(), id.index()))
                        .collect(Collectors.toList()));
    }

    private static void awaitCopied(LaneHarness lane, int records) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> lane.hasCheckpoint()
                        && lane.checkpoint().partitions().values().stream()
                                .allMatch(progress -> progress.records() == records));
    }

    private static KraftliftFailure failureOf(CompletableFuture<Void> run) throws Exception {
        try {
            run.get(40, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (Objects.requireNonNull(e.getCause()) instanceof KraftliftFailure failure) {
                return failure;
            }
            throw e;
        }
        throw new AssertionError("the run ended well");
    }
}
