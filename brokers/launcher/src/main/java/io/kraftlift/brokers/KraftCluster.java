package io.kraftlift.brokers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Nodes in KRaft mode, each a broker and a controller. */
public final class KraftCluster extends ForkedCluster {
    private static final Duration FORMAT_WITHIN = Duration.ofSeconds(60);

    private KraftCluster(ClusterSettings settings, List<BrokerNode> nodes) {
        super(settings, nodes);
    }

    /**
     * Formats the storage, starts all nodes and waits until every broker sees all brokers and a controller. Data that an
     * earlier cluster left in the directory is deleted.
     *
     * @throws BrokerStartFailed when a process does not get ready; nothing is left running
     */
    public static KafkaCluster start(ClusterSettings settings) {
        return start(settings, KafkaRelease.KAFKA_4_3);
    }

    /**
     * The same with nodes of another release than Kafka 4.3.
     *
     * @throws IllegalArgumentException when the release has no KRaft mode
     */
    public static KafkaCluster start(ClusterSettings settings, KafkaRelease release) {
        var jvms = new ServerJvms(settings, release.withKraft());
        return PortTaken.retry(() -> startOnce(settings, jvms));
    }

    private static KafkaCluster startOnce(ClusterSettings settings, ServerJvms jvms) {
        List<BrokerNode> nodes = layOut(settings, jvms, List.of(Listener.CONTROLLER));
        String voters = nodes.stream()
                .map(node -> node.id() + "@" + ServerProperties.HOST + ":" + node.port(Listener.CONTROLLER))
                .collect(Collectors.joining(","));
        nodes.forEach(node -> configure(
                settings,
                node,
                Map.of(
                        "process.roles",
                        "broker,controller",
                        // The controller waits for the end of the session of a broker that left without saying so.
                        "controlled.shutdown.enable",
                        "true",
                        "broker.session.timeout.ms",
                        "4000",
                        "broker.heartbeat.interval.ms",
                        "500",
                        "node.id",
                        Integer.toString(node.id()),
                        "controller.listener.names",
                        Listener.CONTROLLER,
                        "controller.quorum.voters",
                        voters,
                        "share.coordinator.state.topic.replication.factor",
                        Integer.toString(Math.min(3, settings.brokers())),
                        "share.coordinator.state.topic.min.isr",
                        "1",
                        "share.coordinator.state.topic.num.partitions",
                        "2")));
        format(settings, nodes, jvms);
        var cluster = new KraftCluster(settings, nodes);
        try {
            cluster.startAll();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static void format(ClusterSettings settings, List<BrokerNode> nodes, ServerJvms jvms) {
        String clusterId = clusterId(settings);
        List<ForkedJvm> tools = nodes.stream()
                .map(node -> jvms.small("format-" + node.id(), "kafka.tools.StorageTool")
                        .arguments(
                                "format",
                                "--cluster-id",
                                clusterId,
                                "--config",
                                node.settingsFile().toString())
                        .start())
                .toList();
        try {
            tools.forEach(KraftCluster::awaitFormatted);
        } finally {
            tools.forEach(ForkedJvm::close);
        }
    }

    private static void awaitFormatted(ForkedJvm tool) {
        try {
            int code = tool.onExit().get(FORMAT_WITHIN.toSeconds(), TimeUnit.SECONDS);
            if (code != 0) {
                throw Readiness.failed(tool, "must format the storage, ended with exit code " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerStartFailed(tool + ": interrupted while it formatted the storage", e);
        } catch (ExecutionException | TimeoutException e) {
            throw Readiness.failed(tool, "did not format the storage within " + FORMAT_WITHIN);
        }
    }

    /** Two clusters that run at the same time have two directories, and so two ids. Begins with K, never with a dash. */
    private static String clusterId(ClusterSettings settings) {
        var uuid = UUID.nameUUIDFromBytes(settings.directory().toString().getBytes(StandardCharsets.UTF_8));
        byte[] bytes = ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        return "K"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).substring(1);
    }

    @Override
    void awaitForgotten(int id) {
        // The controller makes a new process wait until the earlier one's session is over.
    }

    @Override
    void closeRest() {
        // There is nothing but the nodes.
    }
}
