package io.kraftlift.replicator;

import io.kraftlift.access.aws.AwsSession;
import io.kraftlift.access.kafka.ClusterAdmin;
import io.kraftlift.access.kafka.SignInRefusal;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.Topic;

/** Which topics a cluster has, and where their logs begin and end. Safe for several threads. */
final class ClusterLogs implements SourceWatch.Source, AutoCloseable {
    private static final long PATIENCE_SECONDS = 70;

    /** No error of a broker is one of these. */
    private static final Class<? extends Exception> NONE = CancellationException.class;

    private final String name;
    private final AuthSettings auth;
    private final Admin admin;

    ClusterLogs(String name, ClusterSettings cluster) {
        this.name = name;
        this.auth = cluster.auth();
        ClusterSide side = name.equals("source") ? ClusterSide.SOURCE : ClusterSide.TARGET;
        this.admin = new ClusterAdmin(AwsSession.BY_DEFAULT_CHAINS).open(cluster, side, "kraftlift-" + name + "-logs");
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

    /**
     * What the cluster says of topics.
     *
     * @param cluster whether the broker that answered knows who is in the cluster, and who its controller is
     * @param others whether it has a topic that was not asked for
     * @param topics those that are there
     */
    record Topics(boolean cluster, boolean others, Map<TopicName, TopicDescription> topics) {
        /** Whether a missing topic means anything: a broker that has just started knows no cluster, and then no topic. */
        boolean informed() {
            return cluster && (others || !topics.isEmpty());
        }
    }

    /** An answer under way. */
    private final class Asked implements SourceWatch.Answer {
        private final DescribeClusterResult cluster;
        private final KafkaFuture<TopicDescription> witness;
        private final Map<String, KafkaFuture<TopicDescription>> topics;

        private Asked(
                DescribeClusterResult cluster,
                KafkaFuture<TopicDescription> witness,
                Map<String, KafkaFuture<TopicDescription>> topics) {
            this.cluster = cluster;
            this.witness = witness;
            this.topics = topics;
        }

        @Override
        public boolean isDone() {
            return cluster.nodes().isDone()
                    && cluster.controller().isDone()
                    && witness.isDone()
                    && topics.values().stream().allMatch(KafkaFuture::isDone);
        }

        @Override
        public Topics await() {
            Map<TopicName, TopicDescription> there = new HashMap<>();
            topics.forEach((topic, answer) -> answered(answer, UnknownTopicOrPartitionException.class)
                    .ifPresent(description -> there.put(new TopicName(topic), description)));
            boolean known = answered(cluster.nodes(), NONE)
                            .filter(nodes -> !nodes.isEmpty())
                            .isPresent()
                    && answered(cluster.controller(), NONE)
                            .filter(node -> !node.isEmpty())
                            .isPresent();
            return new Topics(known, isThere(witness), there);
        }
    }

    /**
     * Asks for topics without waiting.
     *
     * @return an answer that throws OperatorActionNeeded ACCESS_DENIED when it was refused
     */
    @Override
    public SourceWatch.Answer ask(Collection<TopicName> wanted) {
        Set<String> names = wanted.stream().map(TopicName::value).collect(Collectors.toCollection(TreeSet::new));
        names.add(Topic.GROUP_METADATA_TOPIC_NAME);
        Map<String, KafkaFuture<TopicDescription>> answers =
                new HashMap<>(admin.describeTopics(names).topicNameValues());
        KafkaFuture<TopicDescription> witness = Objects.requireNonNull(answers.remove(Topic.GROUP_METADATA_TOPIC_NAME));
        return new Asked(admin.describeCluster(), witness, answers);
    }

    /** Whether that is known; a topic that we may not see, or no answer, is no sign of anything. */
    private static boolean isThere(KafkaFuture<TopicDescription> topic) {
        return topic.isDone() && !topic.isCompletedExceptionally();
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
        return answered(admin.listOffsets(asked).all(), NONE).orElse(Map.of());
    }

    /** An answer; empty when it is the error {@code unless}, or nothing. */
    private <T> Optional<T> answered(KafkaFuture<T> answer, Class<? extends Exception> unless) {
        try {
            return Optional.ofNullable(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TryAgain(FailureName.BROKER_UNREACHABLE, name + " cluster: interrupted while asking", e);
        } catch (TimeoutException e) {
            throw new TryAgain(
                    FailureName.BROKER_UNREACHABLE,
                    name + " cluster: no answer about topics and logs in " + PATIENCE_SECONDS + " s",
                    e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            if (unless.isInstance(cause)) {
                return Optional.empty();
            }
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
                    name + " cluster: topics and logs are not known (" + cause.getMessage() + ")",
                    e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
