package io.kraftlift.replicator;

import io.kraftlift.access.kafka.ClusterAdmin;
import io.kraftlift.access.kafka.SignInRefusal;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/** Where the logs of one cluster begin and end. Safe for several threads. */
final class ClusterLogs implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 70;

    private final String name;
    private final AuthSettings auth;
    private final Admin admin;

    ClusterLogs(String name, ClusterSettings cluster) {
        this.name = name;
        this.auth = cluster.auth();
        ClusterSide side = name.equals("source") ? ClusterSide.SOURCE : ClusterSide.TARGET;
        this.admin = ClusterAdmin.open(cluster, side, "kraftlift-" + name + "-logs");
    }

    /** The offset of each partition's first record, or its end where it has none. */
    Map<PartitionId, Long> starts(Collection<PartitionId> partitions) {
        return offsets(partitions, OffsetSpec.earliest());
    }

    /** Each partition's log end (its high watermark). */
    Map<PartitionId, Long> ends(Collection<PartitionId> partitions) {
        return offsets(partitions, OffsetSpec.latest());
    }

    /** The log ends as the cluster will answer. */
    CompletableFuture<Map<PartitionId, Long>> endsLater(Collection<PartitionId> partitions) {
        return admin.listOffsets(asked(partitions, OffsetSpec.latest()))
                .all()
                .thenApply(ClusterLogs::byId)
                .toCompletionStage()
                .toCompletableFuture();
    }

    /** An answer, if it is there within {@code patience}. */
    static <T> Optional<T> answered(Future<T> answer, Duration patience) {
        try {
            return Optional.of(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        }
    }

    long start(PartitionId partition) {
        return starts(List.of(partition)).getOrDefault(partition, 0L);
    }

    long end(PartitionId partition) {
        return ends(List.of(partition)).getOrDefault(partition, 0L);
    }

    private Map<PartitionId, Long> offsets(Collection<PartitionId> partitions, OffsetSpec spec) {
        return byId(answers(asked(partitions, spec)));
    }

    private static Map<TopicPartition, OffsetSpec> asked(Collection<PartitionId> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (PartitionId partition : partitions) {
            asked.put(new TopicPartition(partition.topic().value(), partition.index()), spec);
        }
        return asked;
    }

    private static Map<PartitionId, Long> byId(Map<TopicPartition, ListOffsetsResultInfo> answers) {
        Map<PartitionId, Long> offsets = new HashMap<>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> answer : answers.entrySet()) {
            TopicPartition partition = answer.getKey();
            offsets.put(
                    PartitionId.of(partition.topic(), partition.partition()),
                    answer.getValue().offset());
        }
        return offsets;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> answers(Map<TopicPartition, OffsetSpec> asked) {
        try {
            return admin.listOffsets(asked).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TryAgain(FailureName.BROKER_UNREACHABLE, name + " cluster: interrupted while asking", e);
        } catch (TimeoutException e) {
            throw new TryAgain(
                    FailureName.BROKER_UNREACHABLE,
                    name + " cluster: no answer about log offsets in " + PATIENCE_SECONDS + " s",
                    e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            if (cause instanceof AuthenticationException) {
                throw SignInRefusal.of(name, auth, cause);
            }
            if (cause instanceof AuthorizationException) {
                throw new OperatorActionNeeded(
                        FailureName.ACCESS_DENIED,
                        name + " cluster refused us (" + cause.getMessage() + "); check the permissions of " + name
                                + ".auth's principal",
                        e);
            }
            throw new TryAgain(
                    FailureName.BROKER_UNREACHABLE,
                    name + " cluster: log offsets are not known (" + cause.getMessage() + ")",
                    e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
