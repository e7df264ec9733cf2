package io.kraftlift.access.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a plan asks of a real ZooKeeper-mode cluster besides its inventory. */
@RealClusters(start = RealClusters.Role.SOURCE)
class RatesAndListenersIT {
    private static final AdminCalls CALLS = new AdminCalls(ClusterSide.SOURCE);

    private final Clusters clusters;
    private final Admin admin;

    RatesAndListenersIT(Clusters clusters) {
        this.clusters = clusters;
        this.admin = Admin.create(Map.of("bootstrap.servers", clusters.source().bootstrapServers()));
    }

    @AfterEach
    void closeClient() {
        admin.close();
    }

    @Test
    void countsTheRecordsOfTheLastHourByTheirTimestamps() throws Exception {
        Instant now = Instant.now();
        admin.createTopics(List.of(new NewTopic("rates.busy", 2, (short) 1), new NewTopic("rates.idle", 1, (short) 1)))
                .all()
                .get();
        send("rates.busy", now.minus(Duration.ofHours(3)), 5);
        send("rates.busy", now.minus(Duration.ofMinutes(30)), 7);
        send("rates.idle", now.minus(Duration.ofHours(2)), 3);
        List<TopicInventory> topics = inventory().topics().stream()
                .filter(topic -> topic.name().value().startsWith("rates."))
                .toList();

        Reading<Map<TopicName, Long>> rates = new RateReader(admin, CALLS, pause -> {}).lastHour(topics, now);

        assertThat(rates)
                .isEqualTo(Reading.known(Map.of(new TopicName("rates.busy"), 7L, new TopicName("rates.idle"), 0L)));
    }

    @Test
    void seesWhichBrokersListenersWereChangedWhileTheyRan() throws Exception {
        ClusterInventory inventory = inventory();
        ListenerReader reader = new ListenerReader(admin, CALLS);
        assertThat(reader.dynamic(inventory.brokers())).isEqualTo(Reading.known(List.of()));
        int broker = inventory.brokers().get(0).id();
        ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, Integer.toString(broker));
        String same = Objects.requireNonNull(
                        admin.describeConfigs(List.of(resource)).all().get().get(resource))
                .get("advertised.listeners")
                .value();
        try {
            alter(resource, same, AlterConfigOp.OpType.SET);
            await().untilAsserted(() ->
                    assertThat(reader.dynamic(inventory.brokers())).isEqualTo(Reading.known(List.of(broker))));
        } finally {
            alter(resource, same, AlterConfigOp.OpType.DELETE);
        }
    }

    private void alter(ConfigResource resource, String value, AlterConfigOp.OpType type) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        resource, List.of(new AlterConfigOp(new ConfigEntry("advertised.listeners", value), type))))
                .all()
                .get();
    }

    private ClusterInventory inventory() throws InterruptedException {
        return new InventoryReader(admin, ClusterSide.SOURCE, pause -> {}).read();
    }

    private void send(String topic, Instant time, int records) throws Exception {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", clusters.source().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int number = 0; number < records; number++) {
                producer.send(new ProducerRecord<>(topic, 0, time.toEpochMilli(), null, new byte[] {1}))
                        .get();
            }
        }
    }
}
