package io.kraftlift.testkit;

import io.kraftlift.brokers.ClusterSettings;
import io.kraftlift.brokers.KafkaCluster;
import io.kraftlift.brokers.KafkaRelease;
import io.kraftlift.brokers.KraftCluster;
import io.kraftlift.brokers.ZooKeeperModeCluster;
import io.kraftlift.testkit.RealClusters.Role;
import io.kraftlift.testkit.signin.SignIns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A ZooKeeper-mode source and a KRaft target, each started when it is first asked for. Closing ends them and removes
 * their data. Safe for use by several threads.
 */
public final class Clusters implements AutoCloseable {
    private final Path directory;
    private final Map<Role, Plan> plans;
    private final @Nullable SignIns signIns;
    private final Map<Role, CompletableFuture<KafkaCluster>> started = new EnumMap<>(Role.class);

    private Clusters(Path directory, Map<Role, Plan> plans, @Nullable SignIns signIns) {
        this.directory = directory;
        this.plans = Map.copyOf(plans);
        this.signIns = signIns;
    }

    /** What a cluster is to be. */
    record Plan(ClusterSettings settings, KafkaRelease release) {}

    /** Clusters whose settings name folders below the directory; closing removes it. */
    static Clusters in(Path directory, Map<Role, Plan> plans) {
        return new Clusters(directory, plans, null);
    }

    /** The same with a listener for every way to sign in. */
    static Clusters withSignIns(Path directory, Map<Role, Plan> plans) {
        SignIns signIns = new SignIns(directory);
        Map<Role, Plan> secured = new EnumMap<>(Role.class);
        plans.forEach(
                (role, plan) -> secured.put(role, new Plan(signIns.listenersOn(plan.settings()), plan.release())));
        return new Clusters(directory, secured, signIns);
    }

    /** The ZooKeeper-mode cluster. */
    public KafkaCluster source() {
        return await(begin(Role.SOURCE));
    }

    /** The KRaft cluster. */
    public KafkaCluster target() {
        return await(begin(Role.TARGET));
    }

    /**
     * The ways to sign in to both clusters.
     *
     * @throws IllegalStateException when the class did not ask for them
     */
    public SignIns signIns() {
        if (signIns == null) {
            throw new IllegalStateException("@RealClusters must say signIns = true");
        }
        return signIns;
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
        Plan plan = Objects.requireNonNull(plans.get(role));
        KafkaCluster cluster = switch (role) {
            case SOURCE -> ZooKeeperModeCluster.start(plan.settings(), plan.release());
            case TARGET -> KraftCluster.start(plan.settings(), plan.release());
        };
        if (signIns != null) {
            signIns.admitUser(cluster);
        }
        return cluster;
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
