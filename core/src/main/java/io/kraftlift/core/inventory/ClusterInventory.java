package io.kraftlift.core.inventory;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.kraftlift.core.topics.TopicName;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A cluster at one time, {@code plan/source.json} and {@code plan/target.json}.
 *
 * @param format 1
 * @param newestMetadataLevel the newest level of {@code metadata.version} that the brokers support, which tells their
 *     release in KRaft mode; 0 when they support none
 * @param topics ascending by name
 * @param groups ascending by id
 * @param topicDefaults every topic setting that the cluster knows with its default; asked of the target only
 */
public record ClusterInventory(
        int format,
        String clusterId,
        ModeSignals modeSignals,
        Reading<Integer> newestMetadataLevel,
        List<BrokerInventory> brokers,
        List<TopicInventory> topics,
        Reading<List<GroupInventory>> groups,
        AclReading acls,
        Reading<List<QuotaRule>> quotas,
        Reading<Map<String, String>> topicDefaults) {
    public static final int FORMAT = 1;

    public ClusterInventory {
        if (format != FORMAT) {
            throw new IllegalArgumentException("inventory: format must be 1, was " + format);
        }
        brokers = brokers.stream()
                .sorted(Comparator.comparingInt(BrokerInventory::id))
                .toList();
        topics = topics.stream()
                .sorted(Comparator.comparing(TopicInventory::name))
                .toList();
        groups = groups.fold(
                all -> Reading.known(all.stream()
                        .sorted(Comparator.comparing(GroupInventory::id))
                        .toList()),
                Reading::unreadable);
        quotas = quotas.fold(
                all -> Reading.known(all.stream()
                        .sorted(Comparator.comparing(quota -> quota.entity().toString()))
                        .toList()),
                Reading::unreadable);
        topicDefaults = topicDefaults.fold(
                all -> Reading.known(Collections.unmodifiableMap(new TreeMap<>(all))), Reading::unreadable);
    }

    @JsonIgnore
    public MetadataMode mode() {
        return modeSignals.mode();
    }

    /** The topics by name. */
    @JsonIgnore
    public Map<TopicName, TopicInventory> topicsByName() {
        Map<TopicName, TopicInventory> byName = new TreeMap<>();
        topics.forEach(topic -> byName.put(topic.name(), topic));
        return byName;
    }

    /**
     * The brokers' Kafka release as far as they tell: by the newest metadata version that they support, else by their
     * inter-broker protocol, which may be older than the program.
     */
    @JsonIgnore
    public Optional<KafkaRelease> release() {
        Optional<KafkaRelease> byLevel = KafkaRelease.ofMetadataLevel(newestMetadataLevel.or(0));
        if (byLevel.isPresent()) {
            return byLevel;
        }
        return brokers.stream()
                .flatMap(
                        broker -> Optional.ofNullable(
                                broker.configs().or(Map.of()).get(BrokerSetting.INTER_BROKER_PROTOCOL_VERSION))
                                .stream())
                .map(KafkaRelease::parse)
                .min(Comparator.naturalOrder());
    }
}
