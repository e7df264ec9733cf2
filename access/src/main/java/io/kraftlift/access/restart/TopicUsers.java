package io.kraftlift.access.restart;

import io.kraftlift.access.groups.BrokerReply;
import io.kraftlift.core.topics.TopicName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;

/** The groups of the target that have members and read one of some topics. */
final class TopicUsers {
    private static final Set<GroupState> WITHOUT_MEMBERS = Set.of(GroupState.EMPTY, GroupState.DEAD);
    private static final String CONSUMER = "consumer";

    private final Admin admin;

    TopicUsers(Admin admin) {
        this.admin = admin;
    }

    /**
     * A sentence for each such group. A group of another kind than consumers, whose topics cannot be told, counts as one that
     * reads them: unknown is not unused.
     */
    List<String> of(Set<TopicName> topics) throws InterruptedException {
        List<String> users = new ArrayList<>();
        List<String> consumers = new ArrayList<>();
        for (GroupListing group : BrokerReply.await(admin.listGroups().all(), "target: listing groups")) {
            if (group.groupState().filter(WITHOUT_MEMBERS::contains).isPresent()) {
                continue;
            }
            if (isOfConsumers(group)) {
                consumers.add(group.groupId());
            } else {
                users.add("group " + group.groupId() + " has members, and is of a kind whose topics cannot be told");
            }
        }
        Map<String, Set<TopicName>> used = used(consumers, topics);
        used.forEach((group, read) -> users.add("group " + group + " has members and reads " + read));
        return users;
    }

    private static boolean isOfConsumers(GroupListing group) {
        GroupType type = group.type().orElse(GroupType.UNKNOWN);
        return type == GroupType.CONSUMER
                || (type == GroupType.CLASSIC && group.protocol().equals(CONSUMER));
    }

    /** What members are assigned, and what their groups have committed for. */
    private Map<String, Set<TopicName>> used(List<String> groups, Set<TopicName> topics) throws InterruptedException {
        Map<String, Set<TopicName>> used = new HashMap<>();
        if (groups.isEmpty()) {
            return used;
        }
        BrokerReply.await(admin.describeConsumerGroups(groups).all(), "target: describing groups")
                .forEach((group, description) -> description
                        .members()
                        .forEach(member -> member.assignment()
                                .topicPartitions()
                                .forEach(partition -> add(used, group, partition, topics))));
        Map<String, ListConsumerGroupOffsetsSpec> specs = new HashMap<>();
        groups.forEach(group -> specs.put(group, new ListConsumerGroupOffsetsSpec()));
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed =
                BrokerReply.await(admin.listConsumerGroupOffsets(specs).all(), "target: reading committed offsets");
        committed.forEach(
                (group, offsets) -> offsets.keySet().forEach(partition -> add(used, group, partition, topics)));
        return used;
    }

    private static void add(
            Map<String, Set<TopicName>> used, String group, TopicPartition partition, Set<TopicName> topics) {
        TopicName topic = new TopicName(partition.topic());
        if (topics.contains(topic)) {
            used.computeIfAbsent(group, name -> new TreeSet<>()).add(topic);
        }
    }
}
