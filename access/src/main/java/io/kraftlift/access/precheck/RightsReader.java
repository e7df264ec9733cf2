package io.kraftlift.access.precheck;

import io.kraftlift.access.kafka.AdminCalls;
import io.kraftlift.access.wire.WireClient;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.config.TopicSelection;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.plan.TopicSelector;
import io.kraftlift.core.precheck.MissingRight;
import io.kraftlift.core.precheck.NeededRight;
import io.kraftlift.core.topics.TopicName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.jspecify.annotations.Nullable;

/** Finds out which of the rights that the migration needs its principals have not. Changes nothing. */
final class RightsReader {
    private static final int GROUPS_PER_REQUEST = 50;

    private static final String NO_NAME = "";

    private static final Map<AclOperation, NeededRight> SOURCE_TOPIC_RIGHTS = Map.of(
            AclOperation.DESCRIBE,
            NeededRight.SOURCE_TOPIC_SEE,
            AclOperation.DESCRIBE_CONFIGS,
            NeededRight.SOURCE_TOPIC_DESCRIBE_CONFIGS,
            AclOperation.READ,
            NeededRight.SOURCE_TOPIC_READ,
            AclOperation.WRITE,
            NeededRight.SOURCE_TOPIC_WRITE);

    private static final Map<AclOperation, NeededRight> TARGET_TOPIC_RIGHTS = Map.of(
            AclOperation.DESCRIBE,
            NeededRight.TARGET_TOPIC_DESCRIBE,
            AclOperation.DESCRIBE_CONFIGS,
            NeededRight.TARGET_TOPIC_DESCRIBE_CONFIGS,
            AclOperation.ALTER,
            NeededRight.TARGET_TOPIC_ALTER,
            AclOperation.ALTER_CONFIGS,
            NeededRight.TARGET_TOPIC_ALTER_CONFIGS,
            AclOperation.READ,
            NeededRight.TARGET_TOPIC_READ,
            AclOperation.WRITE,
            NeededRight.TARGET_TOPIC_WRITE);

    private final TopicSelection selection;
    private final Admin source;
    private final Optional<String> markersId;
    private final AdminCalls calls = new AdminCalls(ClusterSide.SOURCE);

    /** @param markersId the transactional id of the sentinels that are markers; empty when they are records */
    RightsReader(Admin source, TopicSelection selection, Optional<String> markersId) {
        this.source = source;
        this.markersId = markersId;
        this.selection = selection;
    }

    /** What is missing on the source, by its cluster, topics, groups and transactional ids. */
    List<MissingRight> onSource(ClusterSettings settings) throws InterruptedException {
        Collection<String> topics = topics();
        Collection<String> groups = groups();
        Set<AclOperation> onCluster = onCluster(source, calls);
        List<MissingRight> missing = new ArrayList<>();
        try (WireClient client = WireClient.open(settings, "source", List.of(), 1)) {
            AllowedOperations allowed = new AllowedOperations(client);
            cluster(
                    onCluster,
                    missing,
                    NeededRight.SOURCE_CLUSTER_DESCRIBE,
                    Map.of(AclOperation.DESCRIBE_CONFIGS, NeededRight.SOURCE_CLUSTER_DESCRIBE_CONFIGS));
            if (!onCluster.contains(AclOperation.IDEMPOTENT_WRITE) && !allowed.writeIdempotently()) {
                missing.add(new MissingRight(NeededRight.SOURCE_CLUSTER_IDEMPOTENT_WRITE, NO_NAME));
            }
            hidden(topics, allowed, missing);
            allowed.onTopics(topics)
                    .forEach((topic, operations) -> topic(topic, operations, missing, SOURCE_TOPIC_RIGHTS));
            missing.addAll(undescribed(groups));
            // The last question is the one after which an old broker's client is of no use.
            markersId
                    .filter(id -> !allowed.makeTransactions(id))
                    .ifPresent(id -> missing.add(new MissingRight(NeededRight.SOURCE_TRANSACTIONAL_ID_WRITE, id)));
            if (!allowed.describeTransactions()) {
                missing.add(new MissingRight(NeededRight.SOURCE_TRANSACTIONAL_ID_DESCRIBE, "*"));
            }
        }
        return missing;
    }

    /** What is missing on the target, for the topics and the groups that the source has. */
    List<MissingRight> onTarget(Admin target, ClusterSettings settings) throws InterruptedException {
        Collection<String> topics = topics();
        Collection<String> groups = groups();
        AdminCalls there = new AdminCalls(ClusterSide.TARGET);
        Set<AclOperation> onCluster = onCluster(target, there);
        List<MissingRight> missing = new ArrayList<>();
        try (WireClient client = WireClient.open(settings, "target", List.of(), 1)) {
            AllowedOperations allowed = new AllowedOperations(client);
            cluster(
                    onCluster,
                    missing,
                    NeededRight.TARGET_CLUSTER_DESCRIBE,
                    Map.of(
                            AclOperation.DESCRIBE_CONFIGS,
                            NeededRight.TARGET_CLUSTER_DESCRIBE_CONFIGS,
                            AclOperation.ALTER,
                            NeededRight.TARGET_CLUSTER_ALTER,
                            AclOperation.ALTER_CONFIGS,
                            NeededRight.TARGET_CLUSTER_ALTER_CONFIGS));
            if (!onCluster.contains(AclOperation.IDEMPOTENT_WRITE) && !allowed.writeIdempotently()) {
                missing.add(new MissingRight(NeededRight.TARGET_CLUSTER_IDEMPOTENT_WRITE, NO_NAME));
            }
            allowed.onTopics(topics).forEach((topic, operations) -> {
                topic(topic, operations, missing, TARGET_TOPIC_RIGHTS);
                if (!onCluster.contains(AclOperation.CREATE) && !operations.contains(AclOperation.CREATE)) {
                    missing.add(new MissingRight(NeededRight.TARGET_TOPIC_CREATE, topic));
                }
            });
            missing.addAll(forValidation(target, there));
            for (String group : groups) {
                if (!allowed.commit(group)) {
                    missing.add(new MissingRight(NeededRight.TARGET_GROUP_READ, group));
                }
            }
        }
        return missing;
    }

    /** The target is asked for its topic settings by a topic that is validated and not made (KIP-525). */
    private static List<MissingRight> forValidation(Admin target, AdminCalls calls) throws InterruptedException {
        CreateTopicsResult answer = target.createTopics(
                List.of(new NewTopic(AllowedOperations.UNBORN, Optional.empty(), Optional.empty())),
                new CreateTopicsOptions().validateOnly(true).timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS));
        if (isDenied(answer.values().get(AllowedOperations.UNBORN), calls)) {
            return List.of(new MissingRight(NeededRight.TARGET_TOPIC_CREATE, AllowedOperations.UNBORN));
        }
        return isDenied(answer.config(AllowedOperations.UNBORN), calls)
                ? List.of(new MissingRight(NeededRight.TARGET_TOPIC_DESCRIBE_CONFIGS, AllowedOperations.UNBORN))
                : List.of();
    }

    /** Any other refusal than for want of a right is none of ours; the inventory tells of it. */
    private static boolean isDenied(@Nullable KafkaFuture<?> answer, AdminCalls calls) throws InterruptedException {
        try {
            calls.await(answer, "validate a new topic");
            return false;
        } catch (KraftliftFailure e) {
            return e.getCause() instanceof AuthorizationException;
        }
    }

    private static void topic(
            String topic,
            Set<AclOperation> allowed,
            List<MissingRight> missing,
            Map<AclOperation, NeededRight> needed) {
        needed.forEach((operation, right) -> {
            if (!allowed.contains(operation)) {
                missing.add(new MissingRight(right, topic));
            }
        });
    }

    /** Those who may not describe the cluster are not told what else they may do with it. */
    private static void cluster(
            Set<AclOperation> allowed,
            List<MissingRight> missing,
            NeededRight describe,
            Map<AclOperation, NeededRight> needed) {
        if (!allowed.contains(AclOperation.DESCRIBE)) {
            missing.add(new MissingRight(describe, NO_NAME));
            return;
        }
        topic(NO_NAME, allowed, missing, needed);
    }

    private static Set<AclOperation> onCluster(Admin admin, AdminCalls calls) throws InterruptedException {
        @Nullable
        Set<AclOperation> told = calls.await(
                admin.describeCluster(new DescribeClusterOptions()
                                .includeAuthorizedOperations(true)
                                .timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                        .authorizedOperations(),
                "tell what is allowed on the cluster");
        if (told == null) {
            throw new OperatorActionNeeded(
                    FailureName.ACCESS_DENIED, "the brokers do not tell what is allowed on the cluster");
        }
        return told;
    }

    private Collection<String> topics() throws InterruptedException {
        TopicSelector selector = new TopicSelector(selection);
        return calls
                .await(
                        source.listTopics(new ListTopicsOptions()
                                        .listInternal(false)
                                        .timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                                .names(),
                        "list its topics")
                .stream()
                .filter(name -> selector.skips(new TopicName(name)).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The groups whose positions move. */
    private Collection<String> groups() throws InterruptedException {
        return calls
                .await(
                        source.listGroups(new ListGroupsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                                .all(),
                        "list its groups")
                .stream()
                .filter(group ->
                        group.type().map(type -> type != GroupType.SHARE).orElse(true))
                .map(GroupListing::groupId)
                .filter(group -> !TopicSelector.isCanary(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Kafka does not list what may not be described. So for each pattern a name that fits it and that no topic has is asked
     * for: where that one is refused, others may be hidden too.
     */
    private void hidden(Collection<String> visible, AllowedOperations allowed, List<MissingRight> missing) {
        List<String> patterns = selection.include().isEmpty() ? List.of("*") : selection.include();
        for (String pattern : patterns) {
            String probe = pattern.replace("*", AllowedOperations.UNBORN).replace('?', 'x');
            if (!visible.contains(probe)
                    && isName(probe)
                    && !allowed.onTopics(List.of(probe))
                            .getOrDefault(probe, Set.of())
                            .contains(AclOperation.DESCRIBE)) {
                missing.add(new MissingRight(NeededRight.SOURCE_TOPIC_SEE, pattern));
            }
        }
    }

    private static boolean isName(String text) {
        try {
            return !new TopicName(text).value().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private List<MissingRight> undescribed(Collection<String> groups) throws InterruptedException {
        List<MissingRight> missing = new ArrayList<>();
        for (List<String> chunk : AdminCalls.chunks(groups, GROUPS_PER_REQUEST)) {
            ListConsumerGroupOffsetsResult answers = source.listConsumerGroupOffsets(
                    chunk.stream()
                            .collect(Collectors.toMap(group -> group, group -> new ListConsumerGroupOffsetsSpec())),
                    new ListConsumerGroupOffsetsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS));
            for (String group : chunk) {
                try {
                    calls.await(answers.partitionsToOffsetAndMetadata(group), "list the offsets of group " + group);
                } catch (KraftliftFailure e) {
                    if (!(e.getCause() instanceof GroupAuthorizationException)) {
                        throw e;
                    }
                    missing.add(new MissingRight(NeededRight.SOURCE_GROUP_DESCRIBE, group));
                }
            }
        }
        return missing;
    }
}
