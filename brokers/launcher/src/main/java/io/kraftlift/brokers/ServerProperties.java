package io.kraftlift.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The settings of a small broker on loopback. */
final class ServerProperties {
    static final String HOST = "127.0.0.1";

    private ServerProperties() {}

    /** What brokers of both modes have. */
    static Map<String, String> small(ClusterSettings settings) {
        var all = new TreeMap<String, String>();
        String replicas = Integer.toString(Math.min(3, settings.brokers()));
        all.put("offsets.topic.replication.factor", replicas);
        all.put("offsets.topic.num.partitions", "4");
        all.put("transaction.state.log.replication.factor", replicas);
        all.put("transaction.state.log.num.partitions", "4");
        all.put("transaction.state.log.min.isr", "1");
        all.put("auto.create.topics.enable", "false");
        all.put("unclean.leader.election.enable", "false");
        all.put("controlled.shutdown.enable", "false");
        all.put("group.initial.rebalance.delay.ms", "0");
        all.put("group.min.session.timeout.ms", "1000");
        all.put("num.network.threads", "2");
        all.put("num.io.threads", "3");
        all.put("background.threads", "2");
        all.put("num.replica.fetchers", "1");
        all.put("num.recovery.threads.per.data.dir", "1");
        // 4 MiB hold about 150,000 keys a pass, and the first pass comes within a second of a start.
        all.put("log.cleaner.dedupe.buffer.size", "4194304");
        all.put("log.cleaner.io.buffer.size", "262144");
        all.put("log.cleaner.backoff.ms", "300");
        all.put("log.initial.task.delay.ms", "500");
        all.put("log.retention.check.interval.ms", "2000");
        all.put("log.segment.delete.delay.ms", "1000");
        // A partition's first append fills its two index files with zeros as far as the kernel reads ahead: with
        // Kafka's
        // 10 MiB and a device that reads 8 MiB ahead, 15 ms of a core. 1 MiB still indexes half a GiB.
        all.put("log.index.size.max.bytes", "1048576");
        return all;
    }

    /** The listeners of one broker; the ports by listener name. */
    static Map<String, String> listeners(ClusterSettings settings, Map<String, Integer> ports) {
        var protocols = new TreeMap<String, String>();
        protocols.put(Listener.PLAIN, "PLAINTEXT");
        settings.listeners().forEach(listener -> protocols.put(listener.name(), listener.securityProtocol()));
        var all = new TreeMap<String, String>();
        all.put("listeners", addresses(ports));
        var advertised = new TreeMap<>(ports);
        if (advertised.remove(Listener.CONTROLLER) != null) {
            protocols.put(Listener.CONTROLLER, "PLAINTEXT");
        }
        all.put("advertised.listeners", addresses(advertised));
        all.put("inter.broker.listener.name", Listener.PLAIN);
        all.put(
                "listener.security.protocol.map",
                protocols.entrySet().stream()
                        .map(entry -> entry.getKey() + ":" + entry.getValue())
                        .collect(Collectors.joining(",")));
        return all;
    }

    static Path write(Path file, Map<String, String> values) {
        var properties = new Properties();
        properties.putAll(values);
        try {
            Files.createDirectories(file.resolveSibling("."));
            try (var out = Files.newBufferedWriter(file)) {
                properties.store(out, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written", e);
        }
        return file;
    }

    private static String addresses(Map<String, Integer> ports) {
        return new TreeMap<>(ports)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "://" + HOST + ":" + entry.getValue())
                        .collect(Collectors.joining(","));
    }
}
