package io.kraftlift.benchmarks;

import io.kraftlift.brokers.Broker;
import io.kraftlift.brokers.ClusterSettings;
import io.kraftlift.brokers.KafkaCluster;
import io.kraftlift.brokers.KraftCluster;
import io.kraftlift.brokers.ZooKeeperModeCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A ZooKeeper-mode source and a KRaft target of one broker each, with heaps that do not hold a copier back. */
final class BenchClusters implements AutoCloseable {
    private static final int HEAP_MEBIBYTES = 768;

    /** While copying, bytes have to survive; the same for every copier. */
    private static final Map<String, String> TARGET_TOPIC = Map.of(
            "compression.type", "producer",
            "cleanup.policy", "delete",
            "retention.ms", "-1",
            "message.timestamp.type", "CreateTime",
            "max.message.bytes", "8388608");

    /**
     * On loopback a packet has 64 KiB: with Kafka's own buffers of 100 KiB every request would stand still a few times
     * until the broker has read some of it, which has no equal on a network.
     */
    private static final Map<String, String> BROKER = Map.of(
            "message.max.bytes", "8388608",
            "replica.fetch.max.bytes", "8388608",
            "socket.receive.buffer.bytes", "1048576",
            "socket.send.buffer.bytes", "1048576");

    private static final long GONE_WITHIN_SECONDS = 60;

    private final KafkaCluster source;
    private final KafkaCluster target;
    private final Admin sourceAdmin;
    private final Admin targetAdmin;

    BenchClusters(Path folder) {
        this.source = ZooKeeperModeCluster.start(settings(folder.resolve("source")));
        this.target = KraftCluster.start(settings(folder.resolve("target")));
        this.sourceAdmin = admin(source);
        this.targetAdmin = admin(target);
    }

    private static ClusterSettings settings(Path folder) {
        return ClusterSettings.in(folder)
                .withHeapMebibytes(HEAP_MEBIBYTES)
                .withJvmOptions(List.of("-XX:TieredStopAtLevel=4"))
                .withBrokerProperties(BROKER);
    }

    private static Admin admin(KafkaCluster cluster) {
        return Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
    }

    KafkaCluster source() {
        return source;
    }

    KafkaCluster target() {
        return target;
    }

    Admin sourceAdmin() {
        return sourceAdmin;
    }

    Admin targetAdmin() {
        return targetAdmin;
    }

    /** Removes every topic of the target and waits until its files are gone, then makes the topics anew, empty. */
    void freshTarget(Map<String, Integer> partitionsByTopic) throws InterruptedException, ExecutionException {
        Set<String> old = targetAdmin.listTopics().names().get();
        if (!old.isEmpty()) {
            targetAdmin.deleteTopics(old).all().get();
        }
        awaitGone(old);
        List<NewTopic> topics = partitionsByTopic.entrySet().stream()
                .map(entry -> new NewTopic(entry.getKey(), entry.getValue(), (short) 1).configs(TARGET_TOPIC))
                .toList();
        targetAdmin.createTopics(topics).all().get();
    }

    private void awaitGone(Collection<String> topics) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GONE_WITHIN_SECONDS);
        while (target.brokers().stream().anyMatch(broker -> holds(broker, topics))) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("target: deleted topics must be gone within " + GONE_WITHIN_SECONDS
                        + " s, are still in " + target.directory());
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static boolean holds(Broker broker, Collection<String> topics) {
        try (Stream<Path> folders = Files.list(broker.dataDirectory())) {
            return folders.map(folder -> String.valueOf(folder.getFileName()))
                    .anyMatch(name -> name.endsWith("-delete")
                            || topics.stream()
                                    .anyMatch(topic -> name.matches(java.util.regex.Pattern.quote(topic) + "-\\d+")));
        } catch (IOException e) {
            throw new UncheckedIOException(broker.dataDirectory() + " cannot be listed", e);
        }
    }

    @Override
    public void close() {
        sourceAdmin.close();
        targetAdmin.close();
        source.close();
        target.close();
    }
}
