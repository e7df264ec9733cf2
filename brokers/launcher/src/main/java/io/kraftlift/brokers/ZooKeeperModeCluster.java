package io.kraftlift.brokers;

import java.util.List;
import java.util.Map;

/** A ZooKeeper server and brokers in ZooKeeper mode. */
public final class ZooKeeperModeCluster extends ForkedCluster {
    private final ZooKeeper zooKeeper;

    private ZooKeeperModeCluster(ClusterSettings settings, List<BrokerNode> nodes, ZooKeeper zooKeeper) {
        super(settings, nodes);
        this.zooKeeper = zooKeeper;
    }

    /**
     * Starts everything and waits until every broker sees all brokers and a controller. Data that an earlier cluster
     * left in the directory is deleted.
     *
     * @throws BrokerStartFailed when a process does not get ready; nothing is left running
     */
    public static KafkaCluster start(ClusterSettings settings) {
        return start(settings, KafkaRelease.KAFKA_3_9);
    }

    /**
     * The same with brokers of another release than Kafka 3.9.
     *
     * @throws IllegalArgumentException when the release has no ZooKeeper mode
     */
    public static KafkaCluster start(ClusterSettings settings, KafkaRelease release) {
        var jvms = new ServerJvms(settings, release.withZooKeeper());
        return PortTaken.retry(() -> startOnce(settings, jvms));
    }

    private static KafkaCluster startOnce(ClusterSettings settings, ServerJvms jvms) {
        var zooKeeper = ZooKeeper.start(fresh(settings.directory().resolve("zookeeper")), jvms);
        List<BrokerNode> nodes = layOut(settings, jvms, List.of());
        nodes.forEach(node -> configure(
                settings,
                node,
                Map.of(
                        "broker.id",
                        Integer.toString(node.id()),
                        "zookeeper.connect",
                        zooKeeper.address(),
                        "zookeeper.connection.timeout.ms",
                        "60000",
                        // Long enough for a busy machine's pauses, short enough to wait for after a kill.
                        "zookeeper.session.timeout.ms",
                        "5000")));
        var cluster = new ZooKeeperModeCluster(settings, nodes, zooKeeper);
        try {
            cluster.startAll();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The process id of the ZooKeeper server. */
    public long zooKeeperPid() {
        return zooKeeper.process().pid();
    }

    @Override
    void awaitForgotten(int id) {
        zooKeeper.awaitNoBroker(id);
    }

    @Override
    void closeRest() {
        zooKeeper.close();
    }
}
