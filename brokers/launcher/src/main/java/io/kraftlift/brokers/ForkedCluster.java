package io.kraftlift.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What clusters of both modes do alike: everything but how a broker finds the others. */
abstract class ForkedCluster implements KafkaCluster {
    private final ClusterSettings settings;
    private final List<BrokerNode> nodes;

    ForkedCluster(ClusterSettings settings, List<BrokerNode> nodes) {
        this.settings = settings;
        this.nodes = nodes;
    }

    /** Chooses a folder and free ports for every broker; the folder of an earlier attempt is emptied. */
    static List<BrokerNode> layOut(ClusterSettings settings, ServerJvms jvms, List<String> ownListeners) {
        return IntStream.rangeClosed(1, settings.brokers())
                .mapToObj(id -> {
                    var ports = new TreeMap<String, Integer>();
                    ports.put(Listener.PLAIN, LoopbackPorts.free());
                    ownListeners.forEach(listener -> ports.put(listener, LoopbackPorts.free()));
                    settings.listeners().forEach(listener -> ports.put(listener.name(), LoopbackPorts.free()));
                    return new BrokerNode(id, fresh(settings.directory().resolve("broker-" + id)), ports, jvms);
                })
                .toList();
    }

    /** An empty folder; what an earlier start left in it is deleted. */
    static Path fresh(Path folder) {
        try {
            if (Files.isDirectory(folder)) {
                try (var all = Files.walk(folder)) {
                    for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                        Files.delete(path);
                    }
                }
            }
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be emptied", e);
        }
    }

    /** Writes a broker's settings: small, then its listeners, then the mode's own, then the caller's. */
    static void configure(ClusterSettings settings, BrokerNode node, Map<String, String> own) {
        var all = new TreeMap<>(ServerProperties.small(settings));
        all.putAll(ServerProperties.listeners(settings, node.ports()));
        all.put("log.dirs", node.data().toString());
        all.putAll(own);
        all.putAll(settings.brokerProperties());
        ServerProperties.write(node.settingsFile(), all);
    }

    /** Starts all brokers side by side and waits until each sees all. */
    final void startAll() {
        nodes.forEach(BrokerNode::fork);
        Set<Integer> ids = nodes.stream().map(BrokerNode::id).collect(Collectors.toSet());
        nodes.forEach(node -> node.awaitPart(ids));
    }

    /** Waits until the cluster has forgotten the earlier process of a broker that is about to start. */
    abstract void awaitForgotten(int id);

    /** Ends what the cluster has besides brokers. */
    abstract void closeRest();

    @Override
    public final String bootstrapServers() {
        return bootstrapServers(Listener.PLAIN);
    }

    @Override
    public final String bootstrapServers(String listener) {
        return nodes.stream()
                .map(node -> ServerProperties.HOST + ":" + node.port(listener))
                .collect(Collectors.joining(","));
    }

    @Override
    public final Path directory() {
        return settings.directory();
    }

    @Override
    public final List<Broker> brokers() {
        return nodes.stream().map(BrokerNode::handle).toList();
    }

    @Override
    public final void stopBroker(int id) {
        node(id).stop();
    }

    @Override
    public final void startBroker(int id) {
        BrokerNode node = node(id);
        node.requireEnded();
        awaitForgotten(id);
        node.fork();
        node.awaitPart(Set.of());
    }

    @Override
    public final void restartBroker(int id) {
        stopBroker(id);
        startBroker(id);
    }

    @Override
    public final void killBroker(int id) {
        node(id).present().kill();
    }

    @Override
    public final void pauseBroker(int id) {
        node(id).present().pause();
    }

    @Override
    public final void resumeBroker(int id) {
        node(id).present().resume();
    }

    @Override
    public final void close() {
        nodes.forEach(BrokerNode::askToStop);
        nodes.forEach(BrokerNode::stop);
        closeRest();
    }

    final BrokerNode node(int id) {
        if (id < 1 || id > nodes.size()) {
            throw new IllegalArgumentException("broker id: must be between 1 and " + nodes.size() + ", was " + id);
        }
        return nodes.get(id - 1);
    }
}
