package io.kraftlift.core.inventory;

import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Inventories for tests: a healthy ZooKeeper-mode source with two brokers, a healthy KRaft target with two brokers. */
public final class Inventories {
    /** The topic settings that the target knows, with Kafka 4's defaults. */
    public static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("cleanup.policy", "delete"),
            Map.entry("compression.type", "producer"),
            Map.entry("max.message.bytes", "1048588"),
            Map.entry("message.timestamp.after.max.ms", "3600000"),
            Map.entry("message.timestamp.before.max.ms", "9223372036854775807"),
            Map.entry("message.timestamp.type", "CreateTime"),
            Map.entry("min.insync.replicas", "1"),
            Map.entry("retention.bytes", "-1"),
            Map.entry("retention.ms", "604800000"),
            Map.entry("segment.bytes", "1073741824"),
            Map.entry("segment.ms", "604800000"),
            Map.entry("unclean.leader.election.enable", "false"));

    /** What holds for a topic of the source that has no settings of its own. */
    private static final Map<String, String> SOURCE_DEFAULTS = Map.of(
            "cleanup.policy", "delete",
            "compression.type", "producer",
            "max.message.bytes", "1048588",
            "message.timestamp.type", "CreateTime",
            "min.insync.replicas", "1",
            "retention.bytes", "-1",
            "retention.ms", "604800000",
            "unclean.leader.election.enable", "false");

    private static final ModeSignals ZOOKEEPER = new ModeSignals(Reading.known(0), Reading.known(false));
    private static final ModeSignals KRAFT = new ModeSignals(Reading.known(30), Reading.known(true));

    private Inventories() {}

    public static ClusterInventory source(TopicInventory... topics) {
        return new ClusterInventory(
                1,
                "source-id",
                ZOOKEEPER,
                Reading.known(0),
                brokers(2, Map.of("inter.broker.protocol.version", "3.9-IV0")),
                List.of(topics),
                Reading.known(List.of()),
                new AclReading.NoAuthorizer(),
                Reading.known(List.of()),
                Reading.unreadable("the source is not asked"));
    }

    public static ClusterInventory target(TopicInventory... topics) {
        return new ClusterInventory(
                1,
                "target-id",
                KRAFT,
                Reading.known(30),
                brokers(2, Map.of("message.max.bytes", "1048588")),
                List.of(topics),
                Reading.known(List.of()),
                new AclReading.NoAuthorizer(),
                Reading.known(List.of()),
                Reading.known(DEFAULTS));
    }

    public static List<BrokerInventory> brokers(int count, Map<String, String> configs) {
        List<BrokerInventory> brokers = new ArrayList<>();
        for (int id = 1; id <= count; id++) {
            brokers.add(new BrokerInventory(id, "host" + id, 9092, null, Reading.known(configs)));
        }
        return brokers;
    }

    /** A healthy topic with two replicas, no records and no settings of its own. */
    public static TopicInventory topic(String name, int partitions) {
        return topic(name, partitions, Map.of());
    }

    public static TopicInventory topic(String name, int partitions, Map<String, String> configs) {
        return topic(name, configs, partitions(partitions, new OffsetSpan(0, 0, 0), 0));
    }

    public static TopicInventory topic(String name, Map<String, String> configs, List<PartitionInventory> partitions) {
        Map<String, String> effective = new TreeMap<>(SOURCE_DEFAULTS);
        configs.forEach((key, value) -> {
            if (TopicSetting.KEPT.contains(key)) {
                effective.put(key, value);
            }
        });
        return new TopicInventory(new TopicName(name), name.startsWith("__consumer"), partitions, configs, effective);
    }

    public static List<PartitionInventory> partitions(int count, OffsetSpan offsets, long bytes) {
        List<PartitionInventory> partitions = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            partitions.add(new PartitionInventory(index, 1, 2, 2, offsets, bytes));
        }
        return partitions;
    }

    public static GroupInventory group(String id, String protocol, Map<PartitionId, Long> committed) {
        return new GroupInventory(id, "Empty", "Classic", protocol, 0, Reading.known(committed));
    }

    public static ClusterInventory withTopics(ClusterInventory cluster, TopicInventory... topics) {
        return new ClusterInventory(
                1,
                cluster.clusterId(),
                cluster.modeSignals(),
                cluster.newestMetadataLevel(),
                cluster.brokers(),
                List.of(topics),
                cluster.groups(),
                cluster.acls(),
                cluster.quotas(),
                cluster.topicDefaults());
    }

    public static ClusterInventory withBrokers(ClusterInventory cluster, List<BrokerInventory> brokers) {
        return new ClusterInventory(
                1,
                cluster.clusterId(),
                cluster.modeSignals(),
                cluster.newestMetadataLevel(),
                brokers,
                cluster.topics(),
                cluster.groups(),
                cluster.acls(),
                cluster.quotas(),
                cluster.topicDefaults());
    }

    public static ClusterInventory withMode(ClusterInventory cluster, ModeSignals signals, Reading<Integer> newest) {
        return new ClusterInventory(
                1,
                cluster.clusterId(),
                signals,
                newest,
                cluster.brokers(),
                cluster.topics(),
                cluster.groups(),
                cluster.acls(),
                cluster.quotas(),
                cluster.topicDefaults());
    }

    public static ClusterInventory withGroups(ClusterInventory cluster, Reading<List<GroupInventory>> groups) {
        return new ClusterInventory(
                1,
                cluster.clusterId(),
                cluster.modeSignals(),
                cluster.newestMetadataLevel(),
                cluster.brokers(),
                cluster.topics(),
                groups,
                cluster.acls(),
                cluster.quotas(),
                cluster.topicDefaults());
    }

    public static ClusterInventory withRules(
            ClusterInventory cluster, AclReading acls, Reading<List<QuotaRule>> quotas) {
        return new ClusterInventory(
                1,
                cluster.clusterId(),
                cluster.modeSignals(),
                cluster.newestMetadataLevel(),
                cluster.brokers(),
                cluster.topics(),
                cluster.groups(),
                acls,
                quotas,
                cluster.topicDefaults());
    }
}
