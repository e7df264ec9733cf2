package io.kraftlift.access.validation;

import io.kraftlift.core.groups.GroupId;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.validation.CopiedPartition.LogRange;
import io.kraftlift.core.validation.TopicFacts;
import io.kraftlift.core.validation.TopicFacts.Origin;
import io.kraftlift.core.validation.TopicFacts.Setting;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** What one cluster says about topics, logs and groups, now. */
final class ClusterFacts {
    private final Admin admin;
    private final String side;

    /**
     * Asks through {@code admin}.
     *
     * @param side source or target, for messages
     */
    ClusterFacts(Admin admin, String side) {
        this.admin = admin;
        this.side = side;
    }

    /** The topics that are there, of those asked for. */
    Map<TopicName, TopicFacts> topics(Set<TopicName> wanted) throws InterruptedException {
        var described = admin.describeTopics(
                        wanted.stream().map(TopicName::value).toList())
                .topicNameValues();
        Map<TopicName, TopicDescription> there = new TreeMap<>();
        for (var answer : described.entrySet()) {
            TopicName topic = new TopicName(answer.getKey());
            Answers.awaitIfKnown(
                            answer.getValue(),
                            UnknownTopicOrPartitionException.class,
                            "describing " + topic + " on the " + side)
                    .ifPresent(description -> there.put(topic, description));
        }
        Map<ConfigResource, Config> configs = Answers.await(
                admin.describeConfigs(there.keySet().stream()
                                .map(ClusterFacts::resourceOf)
                                .toList())
                        .all(),
                "describing the topics' settings on the " + side);
        Map<TopicName, TopicFacts> facts = new TreeMap<>();
        there.forEach((topic, description) -> facts.put(
                topic,
                new TopicFacts(
                        description.partitions().size(),
                        description.partitions().get(0).replicas().size(),
                        settingsOf(configs.get(resourceOf(topic))))));
        return facts;
    }

    /** First and end offsets of the partitions that are there, of those asked for; transactions' markers included. */
    Map<PartitionId, LogRange> logs(Collection<PartitionId> wanted) throws InterruptedException {
        Map<PartitionId, Long> starts = offsets(wanted, OffsetSpec.earliest());
        Map<PartitionId, Long> ends = offsets(wanted, OffsetSpec.latest());
        Map<PartitionId, LogRange> logs = new TreeMap<>();
        starts.forEach((partition, start) -> {
            @Nullable Long end = ends.get(partition);
            if (end != null) {
                logs.put(partition, new LogRange(start, end));
            }
        });
        return logs;
    }

    /** Where the groups stand; a group that is not there has no positions. */
    Map<GroupId, Map<PartitionId, TargetOffset>> positions(Set<GroupId> groups) throws InterruptedException {
        if (groups.isEmpty()) {
            return Map.of();
        }
        var answer = admin.listConsumerGroupOffsets(
                groups.stream().collect(Collectors.toMap(GroupId::value, group -> new ListConsumerGroupOffsetsSpec())));
        Map<GroupId, Map<PartitionId, TargetOffset>> positions = new TreeMap<>();
        for (GroupId group : groups) {
            Map<PartitionId, TargetOffset> ofGroup = new TreeMap<>();
            Answers.awaitIfKnown(
                            answer.partitionsToOffsetAndMetadata(group.value()),
                            GroupIdNotFoundException.class,
                            "reading the offsets of group " + group + " on the " + side)
                    .orElse(Map.of())
                    .forEach((partition, offset) -> {
                        // The broker names a partition without a commit with no offset.
                        if (offset != null) {
                            ofGroup.put(idOf(partition), TargetOffset.of(offset.offset()));
                        }
                    });
            positions.put(group, ofGroup);
        }
        return positions;
    }

    static PartitionId idOf(TopicPartition partition) {
        return PartitionId.of(partition.topic(), partition.partition());
    }

    static TopicPartition partitionOf(PartitionId id) {
        return new TopicPartition(id.topic().value(), id.index());
    }

    private Map<PartitionId, Long> offsets(Collection<PartitionId> wanted, OffsetSpec spec)
            throws InterruptedException {
        Map<TopicPartition, OffsetSpec> query = new HashMap<>();
        wanted.forEach(partition -> query.put(partitionOf(partition), spec));
        ListOffsetsResult answer = admin.listOffsets(query, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED));
        Map<PartitionId, Long> offsets = new TreeMap<>();
        for (PartitionId partition : wanted) {
            Answers.awaitIfKnown(
                            answer.partitionResult(partitionOf(partition)),
                            UnknownTopicOrPartitionException.class,
                            "listing the offsets of " + partition + " on the " + side)
                    .ifPresent(info -> offsets.put(partition, info.offset()));
        }
        return offsets;
    }

    private static ConfigResource resourceOf(TopicName topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.value());
    }

    private static Map<String, Setting> settingsOf(@Nullable Config config) {
        List<ConfigEntry> entries = config == null ? List.of() : List.copyOf(config.entries());
        Map<String, Setting> settings = new TreeMap<>();
        for (ConfigEntry entry : entries) {
            if (entry.value() != null) {
                settings.put(entry.name(), new Setting(entry.value(), originOf(entry.source())));
            }
        }
        return settings;
    }

    private static Origin originOf(ConfigSource source) {
        return switch (source) {
            case DYNAMIC_TOPIC_CONFIG -> Origin.TOPIC;
            case DEFAULT_CONFIG -> Origin.VERSION_DEFAULT;
            default -> Origin.BROKER;
        };
    }
}
