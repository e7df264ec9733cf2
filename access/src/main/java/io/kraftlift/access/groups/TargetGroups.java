package io.kraftlift.access.groups;

import io.kraftlift.core.groups.GroupId;
import io.kraftlift.core.groups.TargetGroup;
import io.kraftlift.core.groups.TranslatedPosition;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.jspecify.annotations.Nullable;

/** The target's groups: read, and committed for while they have no members. */
public final class TargetGroups {
    /** States in which a group has no members, so that a commit from outside is accepted. */
    private static final Set<GroupState> WITHOUT_MEMBERS = Set.of(GroupState.EMPTY, GroupState.DEAD);

    private final Admin admin;
    private final CommittedOffsets offsets;

    public TargetGroups(Admin admin) {
        this.admin = admin;
        this.offsets = new CommittedOffsets(admin, "target");
    }

    /**
     * Reads some groups as they are now.
     *
     * @param timeout of each of the requests
     */
    public Map<GroupId, TargetGroup> read(Collection<GroupId> groups, Duration timeout) throws InterruptedException {
        KafkaFuture<Collection<GroupListing>> listing = admin.listGroups(
                        new ListGroupsOptions().timeoutMs(Math.toIntExact(timeout.toMillis())))
                .all();
        CommittedOffsets.Pending pending = offsets.read(groups, false, timeout);
        Set<String> active = new HashSet<>();
        for (GroupListing group : BrokerReply.await(listing, "target: listing groups")) {
            // A state that cannot be told is not a reason to overwrite.
            if (group.groupState().filter(WITHOUT_MEMBERS::contains).isEmpty()) {
                active.add(group.groupId());
            }
        }
        Map<GroupId, TargetGroup> read = new TreeMap<>();
        pending.await()
                .forEach((group, committed) ->
                        read.put(group, new TargetGroup(active.contains(group.value()), offsetsOf(committed))));
        return read;
    }

    /** Reads back what some groups have committed. */
    public Map<GroupId, Map<PartitionId, TargetOffset>> committed(Collection<GroupId> groups, Duration timeout)
            throws InterruptedException {
        Map<GroupId, Map<PartitionId, TargetOffset>> read = new TreeMap<>();
        offsets.read(groups, false, timeout)
                .await()
                .forEach((group, committed) -> read.put(group, offsetsOf(committed)));
        return read;
    }

    /**
     * Commits for many groups side by side, without leader epochs, which mean nothing on another cluster.
     *
     * @return the groups that had got members meanwhile, so that the broker refused
     */
    public Set<GroupId> commit(Map<GroupId, Map<PartitionId, TranslatedPosition.Found>> positions, Duration timeout)
            throws InterruptedException {
        Map<GroupId, KafkaFuture<Void>> answers = new TreeMap<>();
        positions.forEach((group, found) -> {
            Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
            found.forEach((partition, position) -> commits.put(
                    new TopicPartition(partition.topic().value(), partition.index()),
                    new OffsetAndMetadata(position.target().value(), position.metadata())));
            answers.put(
                    group,
                    admin.alterConsumerGroupOffsets(
                                    group.value(),
                                    commits,
                                    new AlterConsumerGroupOffsetsOptions()
                                            .timeoutMs(Math.toIntExact(timeout.toMillis())))
                            .all());
        });
        Set<GroupId> active = new TreeSet<>();
        for (Map.Entry<GroupId, KafkaFuture<Void>> answer : answers.entrySet()) {
            try {
                answer.getValue().get();
            } catch (ExecutionException e) {
                if (!isHavingMembers(e.getCause())) {
                    throw BrokerReply.named(
                            e.getCause() == null ? e : e.getCause(),
                            "target: committing offsets of group " + answer.getKey());
                }
                active.add(answer.getKey());
            }
        }
        return active;
    }

    private static boolean isHavingMembers(@Nullable Throwable cause) {
        return cause instanceof UnknownMemberIdException
                || cause instanceof GroupNotEmptyException
                || cause instanceof RebalanceInProgressException
                || cause instanceof StaleMemberEpochException;
    }

    private static Map<PartitionId, TargetOffset> offsetsOf(Map<PartitionId, OffsetAndMetadata> committed) {
        Map<PartitionId, TargetOffset> targets = new TreeMap<>();
        committed.forEach((partition, offset) -> targets.put(partition, TargetOffset.of(offset.offset())));
        return targets;
    }
}
