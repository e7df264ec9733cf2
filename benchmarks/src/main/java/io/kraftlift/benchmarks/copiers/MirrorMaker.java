package io.kraftlift.benchmarks.copiers;

import io.kraftlift.brokers.ForkedJvm;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A dedicated MirrorMaker 2 of one node. It never ends by itself. */
public final class MirrorMaker implements Copier {
    private static final String FLOW = "source->target.";

    /** What both have: committed records, names as on the source, and nothing but the records copied. */
    private static final Map<String, String> BASICS = Map.ofEntries(
            Map.entry("clusters", "source,target"),
            Map.entry(FLOW + "enabled", "true"),
            Map.entry("target->source.enabled", "false"),
            Map.entry("replication.policy.class", "org.apache.kafka.connect.mirror.IdentityReplicationPolicy"),
            Map.entry("offset-syncs.topic.location", "target"),
            Map.entry("sync.topic.configs.enabled", "false"),
            Map.entry("sync.topic.acls.enabled", "false"),
            Map.entry("emit.heartbeats.enabled", "false"),
            Map.entry("emit.checkpoints.enabled", "false"),
            Map.entry("replication.factor", "1"),
            Map.entry("offset-syncs.topic.replication.factor", "1"),
            Map.entry("checkpoints.topic.replication.factor", "1"),
            Map.entry("heartbeats.topic.replication.factor", "1"),
            Map.entry("config.storage.replication.factor", "1"),
            Map.entry("offset.storage.replication.factor", "1"),
            Map.entry("status.storage.replication.factor", "1"),
            Map.entry("source.consumer.isolation.level", "read_committed"));

    private final String name;
    private final Clusters clusters;
    private final List<Path> classPath;
    private final Map<String, String> settings;

    private MirrorMaker(String name, Clusters clusters, List<Path> classPath, Map<String, String> settings) {
        this.name = name;
        this.clusters = clusters;
        this.classPath = List.copyOf(classPath);
        this.settings = Map.copyOf(settings);
    }

    /** As it comes: one task, and the clients' defaults. */
    public static MirrorMaker untouched(Clusters clusters, List<Path> classPath) {
        return new MirrorMaker("mm2-default", clusters, classPath, Map.of());
    }

    /** Tuned for throughput: a task a core, large fetches, large batches, a codec that costs little. */
    public static MirrorMaker tuned(Clusters clusters, List<Path> classPath) {
        return new MirrorMaker(
                "mm2-tuned",
                clusters,
                classPath,
                Map.ofEntries(
                        Map.entry("tasks.max", "2"),
                        Map.entry("source.consumer.fetch.max.bytes", "33554432"),
                        Map.entry("source.consumer.max.partition.fetch.bytes", "4194304"),
                        Map.entry("source.consumer.max.poll.records", "5000"),
                        Map.entry("source.consumer.receive.buffer.bytes", "4194304"),
                        Map.entry("target.producer.batch.size", "524288"),
                        Map.entry("target.producer.linger.ms", "20"),
                        Map.entry("target.producer.buffer.memory", "134217728"),
                        Map.entry("target.producer.max.request.size", "8388608"),
                        Map.entry("target.producer.send.buffer.bytes", "4194304"),
                        Map.entry("target.producer.compression.type", "lz4")));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<ForkedJvm> start(Path folder) {
        Properties properties = new Properties();
        properties.putAll(BASICS);
        properties.putAll(settings);
        properties.put("source.bootstrap.servers", clusters.source());
        properties.put("target.bootstrap.servers", clusters.target());
        properties.put(FLOW + "topics", String.join(",", clusters.topics()));
        Path file = folder.resolve("mm2.properties");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
        return List.of(ForkedJvm.named(name)
                .mainClass("org.apache.kafka.connect.mirror.MirrorMaker")
                .arguments(file.toString())
                .classPath(classPath)
                .jvmOptions(List.of("-Xms256m", "-Xmx2g"))
                .logFile(folder.resolve(name + ".log"))
                .start());
    }
}
