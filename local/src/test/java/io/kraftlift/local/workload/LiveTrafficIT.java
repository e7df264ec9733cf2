package io.kraftlift.local.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

@RealClusters(start = RealClusters.Role.SOURCE, shared = false)
class LiveTrafficIT {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final int PARTITIONS = 3;

    @Test
    void everyRecordIsReadOnceThroughFreezeRestartAndSwitch(Clusters clusters) throws Exception {
        String bootstrap = topic(clusters, "live.exact");
        try (LiveProducer producer = LiveProducer.start(bootstrap, "live.exact", 400);
                var consumer = new LiveConsumer("live.exact", "live.exact.group")) {
            consumer.join(bootstrap);
            await().atMost(SOON).until(() -> consumer.tally().seenOnce() > 200);
            clusters.source().restartBroker(1);
            long before = producer.sent();
            await().atMost(SOON).until(() -> producer.sent() > before + 200);

            producer.freeze();
            Map<Integer, Long> frozenAt = producer.acknowledged();
            await().atMost(SOON).until(() -> consumer.missing(frozenAt) == 0);
            consumer.leave();
            assertThat(producer.isFrozen()).isTrue();
            assertThat(producer.acknowledged()).isEqualTo(frozenAt);
            assertThat(sum(frozenAt)).isEqualTo(producer.sent());
            assertThat(logEnds(bootstrap, "live.exact")).isEqualTo(frozenAt);
            assertThat(commits(bootstrap, "live.exact.group")).isEqualTo(frozenAt);

            consumer.join(bootstrap);
            producer.unfreeze();
            long frozenSum = sum(frozenAt);
            await().atMost(SOON).until(() -> consumer.tally().seenOnce() > frozenSum + 200);
            consumer.switchTo(bootstrap);
            producer.freeze();
            await().atMost(SOON).until(() -> consumer.missing(producer.acknowledged()) == 0);

            LiveTally.Counts counts = consumer.tally();
            assertThat(counts.seenOnce()).isEqualTo(producer.sent());
            assertThat(counts.duplicates()).isZero();
            assertThat(counts.missing()).isZero();
        }
    }

    @Test
    void countsSentinelsApartAndDuplicatesOnce(Clusters clusters) throws Exception {
        String bootstrap = topic(clusters, "live.odd");
        try (var sender = new Sender(new DemoClients(bootstrap).producer(Map.of()))) {
            sender.send(live(0));
            var sentinel = new ProducerRecord<byte[], byte[]>("live.odd", 0, null, new byte[0]);
            sentinel.headers().add(LiveConsumer.SENTINEL_HEADER, new byte[0]);
            sender.send(sentinel);
            sender.send(live(2));
            sender.send(live(2));
        }

        try (var consumer = new LiveConsumer("live.odd", "live.odd.group")) {
            consumer.join(bootstrap);
            await().atMost(SOON).until(() -> consumer.tally().duplicates() > 0);

            assertThat(consumer.tally())
                    .isEqualTo(new LiveTally.Counts(Map.of(0, new LiveTally.PartitionCounts(1, 1, 1)), 1));
        }
    }

    @Test
    void failsWhenItLeavesAfterReadingWhatIsNotLive(Clusters clusters) throws Exception {
        String bootstrap = topic(clusters, "live.foreign");
        try (var sender = new Sender(new DemoClients(bootstrap).producer(Map.of()))) {
            sender.send(new ProducerRecord<>("live.foreign", 0, null, "not JSON".getBytes(StandardCharsets.US_ASCII)));
        }
        var consumer = new LiveConsumer("live.foreign", "live.foreign.group");
        consumer.join(bootstrap);
        await().atMost(SOON).until(consumer::hasStopped);

        assertThatThrownBy(consumer::leave)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("live.foreign.group: reading live.foreign failed")
                .cause()
                .hasMessage("live.foreign-0 offset 0: a live record must be JSON");
    }

    private static ProducerRecord<byte[], byte[]> live(int id) {
        return new ProducerRecord<>("live.odd", 0, null, ("{\"id\":" + id + "}").getBytes(StandardCharsets.US_ASCII));
    }

    private static String topic(Clusters clusters, String name) throws Exception {
        String bootstrap = clusters.source().bootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(name, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        return bootstrap;
    }

    private static long sum(Map<Integer, Long> numbers) {
        return numbers.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<Integer, Long> logEnds(String bootstrap, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            var asked = IntStream.range(0, PARTITIONS)
                    .boxed()
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(topic, partition), partition -> OffsetSpec.latest()));
            return admin.listOffsets(asked).all().get().entrySet().stream()
                    .collect(Collectors.toMap(
                            entry -> entry.getKey().partition(),
                            entry -> entry.getValue().offset()));
        }
    }

    private static Map<Integer, Long> commits(String bootstrap, String group) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                    .collect(Collectors.toMap(
                            entry -> entry.getKey().partition(),
                            entry -> entry.getValue().offset()));
        }
    }
}
