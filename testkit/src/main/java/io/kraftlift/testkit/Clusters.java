package io.kraftlift.testkit;

import io.kraftlift.brokers.ClusterSettings;
import io.kraftlift.brokers.KafkaCluster;
import io.kraftlift.brokers.KraftCluster;
import io.kraftlift.brokers.ZooKeeperModeCluster;
import io.kraftlift.testkit.RealClusters.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A ZooKeeper-mode source and a KRaft target, each started when it is first asked for. Closing ends them and removes
 * their data. Safe for use by several threads.
 */
public final class Clusters implements AutoCloseable {
    private final Path directory;
    private final ClusterSettings source;
    private final ClusterSettings target;
    private final Map<Role, CompletableFuture<KafkaCluster>> started = new EnumMap<>(Role.class);

    private Clusters(Path directory, ClusterSettings source, ClusterSettings target) {
        this.directory = directory;
        this.source = source;
        this.target = target;
    }

    /** Clusters whose settings name folders below the directory; closing removes it. */
    static Clusters in(Path directory, ClusterSettings source, ClusterSettings target) {
        return new Clusters(directory, source, target);
    }

    /** The ZooKeeper-mode cluster. */
    public KafkaCluster source() {
        return await(begin(Role.SOURCE));
    }

    /** The KRaft cluster. */
    public KafkaCluster target() {
        return await(begin(Role.TARGET));
    }

    /** Starts the named clusters side by side and waits for all of them. */
    void start(List<Role> roles) {
        List<CompletableFuture<KafkaCluster>> begun =
                roles.stream().map(this::begin).toList();
        begun.forEach(Clusters::await);
    }

    @Override
    public void close() {
        List<CompletableFuture<KafkaCluster>> all;
        synchronized (this) {
            all = List.copyOf(started.values());
        }
        all.forEach(cluster -> cluster.thenAccept(KafkaCluster::close)
                .exceptionally(startFailed -> null)
                .join());
        removeDirectory();
    }

    private static KafkaCluster await(CompletableFuture<KafkaCluster> cluster) {
        try {
            return cluster.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private synchronized CompletableFuture<KafkaCluster> begin(Role role) {
        return started.computeIfAbsent(role, asked -> CompletableFuture.supplyAsync(() -> launch(asked)));
    }

    private KafkaCluster launch(Role role) {
        return switch (role) {
            case SOURCE -> ZooKeeperModeCluster.start(source);
            case TARGET -> KraftCluster.start(target);
        };
    }

    private void removeDirectory() {
        try (var all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": cannot be removed", e);
        }
    }
}
