package io.kraftlift.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster of either mode does. One cluster serves all the tests; each leaves its broker running. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KafkaClusterContract {
    private static final Duration SOON = Duration.ofSeconds(60);

    private KafkaCluster cluster;

    abstract KafkaCluster start(ClusterSettings settings);

    @BeforeAll
    void startCluster(@TempDir Path directory) {
        cluster = start(ClusterSettings.in(directory)
                .withBrokerProperties(Map.of("message.max.bytes", "2000000"))
                .withListeners(List.of(new Listener("SECOND", "PLAINTEXT"))));
    }

    @AfterAll
    void endsAllItsProcessesWhenClosed() {
        List<Broker> brokers = cluster.brokers();
        cluster.close();

        assertThat(brokers).noneMatch(broker -> ForkedJvmIT.isAlive(broker.pid()));
        assertThat(cluster.brokers()).noneMatch(Broker::alive);
    }

    @Test
    void isReadyForTopicsAndRecordsWhenStartReturns() throws Exception {
        createTopic("ready");

        assertThat(send("ready")).isZero();
        assertThat(Files.isDirectory(cluster.brokers().get(0).dataDirectory().resolve("ready-0")))
                .isTrue();
    }

    @Test
    void answersOnAListenerOfTheCallersOwn() throws Exception {
        try (Admin admin = admin(cluster.bootstrapServers("SECOND"))) {
            assertThat(admin.describeCluster().nodes().get())
                    .singleElement()
                    .satisfies(node -> assertThat(node.host() + ":" + node.port())
                            .isEqualTo(cluster.bootstrapServers("SECOND"))
                            .isNotEqualTo(cluster.bootstrapServers()));
        }
    }

    @Test
    void namesTheListenersThatThereAre() {
        assertThatThrownBy(() -> cluster.bootstrapServers("THIRD"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SECOND")
                .hasMessageContaining("was THIRD");
    }

    @Test
    void passesTheCallersPropertiesToTheBroker() throws Exception {
        var broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
        try (Admin admin = admin(cluster.bootstrapServers())) {
            var config = admin.describeConfigs(Set.of(broker)).all().get();

            assertThat(config).hasEntrySatisfying(broker, values -> {
                assertThat(values.get("message.max.bytes").value()).isEqualTo("2000000");
                assertThat(values.get("auto.create.topics.enable").value()).isEqualTo("false");
            });
        }
    }

    @Test
    void keepsRecordsAndPortOverARestart() throws Exception {
        createTopic("restarted");
        send("restarted");
        String before = cluster.bootstrapServers();
        long pid = cluster.brokers().get(0).pid();

        cluster.restartBroker(1);

        assertThat(cluster.bootstrapServers()).isEqualTo(before);
        assertThat(cluster.brokers().get(0).pid()).isNotEqualTo(pid);
        assertThat(send("restarted")).isEqualTo(1);
    }

    @Test
    void keepsAcknowledgedRecordsOverAKill() throws Exception {
        createTopic("killed");
        send("killed");
        cluster.killBroker(1);
        assertThat(cluster.brokers().get(0).alive()).isFalse();

        cluster.startBroker(1);

        assertThat(send("killed")).isEqualTo(1);
    }

    @Test
    void answersNothingWhilePausedAndGoesOnAfterwards() throws Exception {
        createTopic("paused");
        cluster.pauseBroker(1);
        try {
            assertThat(MetadataProbe.ask(cluster.brokers().get(0).port())).isEmpty();
            assertThatThrownBy(() -> createTopic("unheard"))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
        } finally {
            cluster.resumeBroker(1);
        }

        await().atMost(SOON).ignoreExceptions().until(() -> send("paused") >= 0);
    }

    @Test
    void refusesToStartABrokerThatRuns() {
        assertThatThrownBy(() -> cluster.startBroker(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broker 1: must be stopped before it is started, still runs");
    }

    private void createTopic(String name) throws Exception {
        try (Admin admin = admin(cluster.bootstrapServers())) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
        }
    }

    private static Admin admin(String bootstrap) {
        return Admin.create(
                Map.of("bootstrap.servers", bootstrap, "request.timeout.ms", 1500, "default.api.timeout.ms", 3000));
    }

    /** The offset that the record got. */
    private long send(String topic) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "max.block.ms", 20_000),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(topic, new byte[] {1}))
                    .get(30, TimeUnit.SECONDS)
                    .offset();
        }
    }
}
