package io.kraftlift.access.kafka;

import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.inventory.GroupInventory;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ClassicGroupDescription;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeClassicGroupsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads groups with their members and positions. */
final class GroupReader {
    /** A coordinator answers for all of its groups in one request; 50 keep that request small. */
    private static final int GROUPS_PER_REQUEST = 50;

    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(20);

    private final Admin admin;
    private final AdminCalls calls;
    private final Waiting waiting;

    GroupReader(Admin admin, AdminCalls calls, Waiting waiting) {
        this.admin = admin;
        this.calls = calls;
        this.waiting = waiting;
    }

    List<GroupInventory> read() throws InterruptedException {
        Collection<GroupListing> listings = calls.await(
                admin.listGroups(new ListGroupsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                        .all(),
                "list its groups");
        List<GroupInventory> groups = new ArrayList<>();
        for (List<GroupListing> chunk : AdminCalls.chunks(listings, GROUPS_PER_REQUEST)) {
            Map<String, Integer> members = members(chunk);
            ListConsumerGroupOffsetsResult offsets = offsets(chunk);
            for (GroupListing group : chunk) {
                groups.add(new GroupInventory(
                        group.groupId(),
                        group.groupState().map(GroupState::toString).orElse("Unknown"),
                        group.type().map(GroupType::toString).orElse("Unknown"),
                        group.protocol(),
                        members.get(group.groupId()),
                        committed(offsets, group)));
            }
            waiting.sleep(BETWEEN_REQUESTS);
        }
        return groups;
    }

    private ListConsumerGroupOffsetsResult offsets(List<GroupListing> groups) {
        Map<String, ListConsumerGroupOffsetsSpec> specs = new TreeMap<>();
        groups.stream()
                .filter(GroupReader::keepsOffsets)
                .forEach(group -> specs.put(group.groupId(), new ListConsumerGroupOffsetsSpec()));
        return admin.listConsumerGroupOffsets(
                specs, new ListConsumerGroupOffsetsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS));
    }

    private Reading<Map<PartitionId, Long>> committed(ListConsumerGroupOffsetsResult offsets, GroupListing group)
            throws InterruptedException {
        if (!keepsOffsets(group)) {
            return Reading.known(Map.of());
        }
        Map<TopicPartition, @Nullable OffsetAndMetadata> answer;
        try {
            answer = calls.await(
                    offsets.partitionsToOffsetAndMetadata(group.groupId()),
                    "list the offsets of group " + group.groupId());
        } catch (KraftliftFailure e) {
            return Reading.unreadable(String.valueOf(e.getMessage()));
        }
        Map<PartitionId, Long> committed = new TreeMap<>();
        answer.forEach((partition, offset) -> {
            if (offset != null) {
                committed.put(PartitionId.of(partition.topic(), partition.partition()), offset.offset());
            }
        });
        return Reading.known(committed);
    }

    /** Members by group, of the groups that tell. */
    private Map<String, Integer> members(List<GroupListing> groups) throws InterruptedException {
        Map<String, Integer> members = new HashMap<>();
        Map<String, KafkaFuture<ConsumerGroupDescription>> consumers = admin.describeConsumerGroups(
                        groups.stream()
                                .filter(group -> keepsOffsets(group) && !isOtherProtocol(group))
                                .map(GroupListing::groupId)
                                .toList(),
                        new DescribeConsumerGroupsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                .describedGroups();
        Map<String, KafkaFuture<ClassicGroupDescription>> others = admin.describeClassicGroups(
                        groups.stream()
                                .filter(GroupReader::isOtherProtocol)
                                .map(GroupListing::groupId)
                                .toList(),
                        new DescribeClassicGroupsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                .describedGroups();
        for (Map.Entry<String, KafkaFuture<ConsumerGroupDescription>> group : consumers.entrySet()) {
            count(group.getKey(), group.getValue().thenApply(it -> it.members().size()), members);
        }
        for (Map.Entry<String, KafkaFuture<ClassicGroupDescription>> group : others.entrySet()) {
            count(group.getKey(), group.getValue().thenApply(it -> it.members().size()), members);
        }
        return members;
    }

    private void count(String group, KafkaFuture<Integer> answer, Map<String, Integer> members)
            throws InterruptedException {
        try {
            members.put(group, calls.await(answer, "describe group " + group));
        } catch (KraftliftFailure e) {
            // The number of members stays unknown; a group may also have ended since it was listed.
            members.remove(group);
        }
    }

    /** Connect and other users of the classic protocol besides consumers. */
    private static boolean isOtherProtocol(GroupListing group) {
        return !group.protocol().isEmpty() && !group.protocol().equals("consumer") && keepsOffsets(group);
    }

    private static boolean keepsOffsets(GroupListing group) {
        return group.type().map(type -> type != GroupType.SHARE).orElse(true);
    }
}
