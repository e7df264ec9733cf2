package io.kraftlift.acceptance.night;

import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.brokers.ClusterSettings;
import io.kraftlift.brokers.KafkaCluster;
import io.kraftlift.brokers.KraftCluster;
import io.kraftlift.brokers.ZooKeeperModeCluster;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.local.demo.LocalMachine;
import io.kraftlift.local.demo.WorkerClasspath;
import io.kraftlift.local.workers.LocalWorkers;
import io.kraftlift.local.workload.FreezeWebhook;
import io.kraftlift.local.workload.LiveProducer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Two clusters, a few topics and groups, an application that keeps writing, its webhook, and the machine. */
final class NightStage implements AutoCloseable {
    static final String ORDERS = "night.orders";
    static final String LIVE = "night.live";
    static final String REJECTED = "rejected.orders";
    static final String RESUMED = "resumed.orders";
    static final String KEPT = "doomed.kept";
    static final String DOOMED = "doomed.orders";
    static final String GONE = "doomed.gone";
    static final String ORPHAN = "orphan.orders";
    static final String SLOW = "slow.orders";
    static final String BY_HAND = "byhand.orders";
    static final String BY_HAND_COMPACTED = "byhand.compacted";
    static final String BY_HAND_EMPTY = "byhand.empty";

    private static final String SECRET = "a-secret-of-the-night";
    /** Where a group is that the stage commits for. */
    static final long POSITION = 5;

    private static final int RECORDS = 600;
    private static final int LIVE_RECORDS_PER_SECOND = 100;

    final KafkaCluster source;
    final KafkaCluster target;
    final LiveProducer producer;
    final Producers producers;
    final FreezeWebhook webhook;
    final LocalMachine machine;
    final Faults faults = new Faults();
    private final Path directory;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    NightStage(Path home, Path directory) throws Exception {
        this.directory = directory;
        CompletableFuture<KafkaCluster> starting = CompletableFuture.supplyAsync(
                () -> ZooKeeperModeCluster.start(ClusterSettings.in(directory.resolve("source"))));
        target = opened(KraftCluster.start(ClusterSettings.in(directory.resolve("target"))));
        source = opened(starting.join());
        fill();
        producer = opened(LiveProducer.start(source.bootstrapServers(), LIVE, LIVE_RECORDS_PER_SECOND));
        producers = new Producers(producer);
        webhook = opened(FreezeWebhook.start(SECRET, producers));
        machine = opened(LocalMachine.start(
                Surroundings.real(),
                new LocalWorkers(
                        WorkerClasspath.below(home),
                        List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        directory.resolve("workers")),
                faults));
    }

    private void fill() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", source.bootstrapServers()));
                KafkaProducer<byte[], byte[]> filling = new KafkaProducer<>(
                        Map.of("bootstrap.servers", source.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            admin.createTopics(List.of(
                            new NewTopic(ORDERS, 3, (short) 1),
                            new NewTopic(LIVE, 2, (short) 1),
                            new NewTopic(REJECTED, 1, (short) 1),
                            new NewTopic(RESUMED, 2, (short) 1),
                            new NewTopic(KEPT, 1, (short) 1),
                            new NewTopic(DOOMED, 2, (short) 1),
                            new NewTopic(GONE, 1, (short) 1),
                            new NewTopic(ORPHAN, 1, (short) 1),
                            new NewTopic(SLOW, 1, (short) 1),
                            new NewTopic(BY_HAND, 1, (short) 1),
                            new NewTopic(BY_HAND_COMPACTED, 1, (short) 1)
                                    .configs(Map.of("cleanup.policy", "compact", "segment.bytes", "16384")),
                            new NewTopic(BY_HAND_EMPTY, 1, (short) 1)))
                    .all()
                    .get();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int record = 0; record < RECORDS; record++) {
                byte[] value = bytes("v" + record);
                sent.add(filling.send(new ProducerRecord<>(ORDERS, record % 3, bytes("order-" + record), value)));
                sent.add(filling.send(new ProducerRecord<>(REJECTED, 0, null, value)));
                sent.add(filling.send(new ProducerRecord<>(RESUMED, record % 2, null, value)));
                sent.add(filling.send(new ProducerRecord<>(KEPT, 0, null, value)));
                sent.add(filling.send(new ProducerRecord<>(DOOMED, record % 2, null, value)));
                sent.add(filling.send(new ProducerRecord<>(ORPHAN, 0, null, value)));
                sent.add(filling.send(new ProducerRecord<>(SLOW, 0, null, value)));
                sent.add(filling.send(new ProducerRecord<>(BY_HAND, 0, null, value)));
                sent.add(filling.send(new ProducerRecord<>(BY_HAND_COMPACTED, 0, bytes("k" + record % 9), value)));
            }
            for (Future<RecordMetadata> record : sent) {
                record.get();
            }
            commit(
                    admin,
                    "billing",
                    Map.of(
                            new TopicPartition(ORDERS, 0), new OffsetAndMetadata(100),
                            new TopicPartition(ORDERS, 1), new OffsetAndMetadata(0),
                            new TopicPartition(ORDERS, 2), new OffsetAndMetadata(RECORDS / 3)));
            commit(admin, "audit", Map.of(new TopicPartition(ORDERS, 1), new OffsetAndMetadata(7, "by hand")));
            commit(admin, "by-hand", Map.of(new TopicPartition(BY_HAND, 0), new OffsetAndMetadata(RECORDS)));
            commit(admin, "watcher", Map.of(new TopicPartition(LIVE, 0), new OffsetAndMetadata(0)));
        }
    }

    /** Writes some records to a partition, past every migration. */
    static void write(String bootstrapServers, TopicPartition partition, int records) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int record = 0; record < records; record++) {
                producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), null, bytes("w" + record)))
                        .get();
            }
        }
    }

    /** Commits {@link #POSITION} for a group. */
    void commit(String group, TopicPartition... partitions) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", source.bootstrapServers()))) {
            commit(
                    admin,
                    group,
                    Stream.of(partitions)
                            .collect(Collectors.toMap(
                                    partition -> partition, partition -> new OffsetAndMetadata(POSITION))));
        }
    }

    void delete(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", source.bootstrapServers()))) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }

    private static void commit(Admin admin, String group, Map<TopicPartition, OffsetAndMetadata> positions)
            throws Exception {
        admin.alterConsumerGroupOffsets(group, positions).all().get();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Starts a migration of the topics that a pattern names, whose producers the webhook stops. */
    Night begin(String migration, String topics) throws IOException {
        return begin(migration, topics, 60);
    }

    /** The same with another longest freeze. */
    Night begin(String migration, String topics, int longestFreezeSeconds) throws IOException {
        return begin(migration, topics, """
                  max_producer_freeze: %ds
                  producer_freeze_webhook: %s
                  webhook_secret: %s
                """.formatted(longestFreezeSeconds, webhook.url(), SECRET));
    }

    /** Starts a migration whose producers a person stops, and whose readers meet no foreign record. */
    Night beginByHand(String migration, String topics) throws IOException {
        return begin(migration, topics, "  sentinel: marker\n");
    }

    private Night begin(String migration, String topics, String freeze) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(migration));
        Path configuration = folder.resolve("migration.yaml");
        Files.writeString(
                configuration,
                String.format(
                        """
                source:
                  bootstrap_servers: %s
                  auth:
                    mode: plaintext
                target:
                  bootstrap_servers: %s
                  auth:
                    mode: plaintext
                topics:
                  include: ['%s']
                backup:
                  directory: '%s'
                evidence:
                  directory: '%s'
                seed:
                  workers: 1
                cutover:
                  drain_timeout: 5m
                  drain_max_partition_lag: 500
                  drain_stable_window: 1s
                  approval_timeout: 10m
                %s""",
                        source.bootstrapServers(),
                        target.bootstrapServers(),
                        topics,
                        folder.resolve("backup"),
                        folder.resolve("evidence"),
                        freeze));
        return opened(new Night(machine, new MigrationId(migration), configuration));
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            AutoCloseable resource = opened.pop();
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException(resource + " did not close", e);
            }
        }
    }
}
