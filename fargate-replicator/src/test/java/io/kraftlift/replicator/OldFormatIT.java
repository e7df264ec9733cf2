package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LaneResult;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Topics that the broker really stores in message format 0 and 1, in every codec that these have. */
@RealClusters(sourceProperties = "inter.broker.protocol.version=2.8")
final class OldFormatIT {
    private static final List<String> CODECS = List.of("none", "gzip", "snappy", "lz4");
    private static final int RECORDS = 40;

    private final Clusters clusters;
    private final String sourceServers;

    OldFormatIT(Clusters clusters) {
        this.clusters = clusters;
        this.sourceServers = clusters.source().bootstrapServers();
    }

    @ParameterizedTest
    @CsvSource({"0.9.0, CreateTime, 0", "0.10.2, CreateTime, 1", "0.10.2, LogAppendTime, 1"})
    void copiesBatchesOfAnOldFormat(String format, String timestamps, byte magic) throws Exception {
        try (Admin source = Admin.create(Map.of("bootstrap.servers", sourceServers));
                Admin target = Admin.create(
                        Map.of("bootstrap.servers", clusters.target().bootstrapServers()))) {
            MixedTopics topics = new MixedTopics("old-" + format + "-" + timestamps, sourceServers, source, 51);
            Map<String, String> old = Map.of("message.format.version", format, "message.timestamp.type", timestamps);
            topics.createOne("old", CODECS.size(), old);
            topics.recreateOnTarget(target);
            for (int index = 0; index < CODECS.size(); index++) {
                write(topics, index);
            }
            LaneHarness lane =
                    new LaneHarness(clusters, new InMemoryObjectStore(), LaneHarness.plan(source, topics.names()));

            lane.seed();
            for (int index = 0; index < CODECS.size(); index++) {
                write(topics, index);
            }
            CompletableFuture<Void> tail = lane.tail();
            Map<PartitionId, SourceOffset> ends = LaneHarness.ends(source, partitions(lane));
            lane.control(LaneControl.first().drain(ends));
            lane.awaitDrained(ends, tail);
            lane.control(LaneControl.first().drain(ends).stop());
            tail.get(20, TimeUnit.SECONDS);

            new Invariants(lane).holdAt(ends);
            assertThat(lane.digest().allMatch()).isTrue();
            for (TopicPartition partition : partitions(lane)) {
                assertThat(SourceLog.batches(sourceServers, partition, 2 * RECORDS))
                        .allMatch(batch -> batch.magic() == magic)
                        .extracting(SourceLog.Seen::codec)
                        .containsOnly(CODECS.get(partition.partition()));
                assertThat(SourceLog.batches(clusters.target().bootstrapServers(), partition, 2 * RECORDS))
                        .allMatch(batch -> batch.magic() == RecordBatch.MAGIC_VALUE_V2)
                        .extracting(SourceLog.Seen::codec)
                        .containsOnly(CODECS.get(partition.partition()));
            }
            LaneResult result =
                    lane.read(lane.objects.laneResult(ReplicationMode.TAIL, LaneHarness.LANE), LaneResult.class);
            assertThat(result.rebuilt()).isPositive();
            assertThat(result.passedThrough()).isZero();
        }
    }

    private static void write(MixedTopics topics, int index) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                topics.producer(CODECS.get(index), Map.of("enable.idempotence", false))) {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < RECORDS; i++) {
                sent.add(producer.send(new ProducerRecord<>(
                        topics.name("old"),
                        index,
                        1_700_000_000_000L + i,
                        i % 5 == 0 ? null : ("key-" + i).getBytes(StandardCharsets.UTF_8),
                        i % 7 == 3 ? null : ("value-" + i).repeat(i).getBytes(StandardCharsets.UTF_8))));
                if (i % 8 == 7) {
                    producer.flush();
                }
            }
            for (Future<?> each : sent) {
                each.get();
            }
        }
    }

    private static List<TopicPartition> partitions(LaneHarness lane) {
        return lane.plan.partitions().stream()
                .map(LanePartition::partition)
                .map(id -> new TopicPartition(id.topic().value(), id.index()))
                .toList();
    }
}
