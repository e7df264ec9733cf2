package io.kraftlift.core.precheck;

import io.kraftlift.core.inventory.BrokerInventory;
import io.kraftlift.core.inventory.BrokerSetting;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.inventory.KafkaRelease;
import io.kraftlift.core.inventory.MetadataMode;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.inventory.TopicSetting;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** B03 to B06, B11, B12, B20, W01, W04, W13: the clusters as such. */
final class ClusterRules {
    /** The first release whose KRaft mode MSK offers. */
    private static final KafkaRelease OLDEST_TARGET = KafkaRelease.of(3, 7);

    /**
     * By so much Kafka's default of {@code message.max.bytes}, 1048588, is above that of {@code replica.fetch.max.bytes},
     * 1048576: the first counts a batch with its offset (8) and its length (4).
     */
    private static final long LOG_OVERHEAD = 12;

    private ClusterRules() {}

    static void checkSource(ClusterInventory source, List<Finding> findings) {
        if (source.mode() == MetadataMode.KRAFT) {
            findings.add(Finding.of(
                    PrecheckCode.B03,
                    "source",
                    source.modeSignals().describe(),
                    "Point source at the cluster that is in ZooKeeper mode; a KRaft cluster needs no migration."));
        }
        undecided(ClusterSide.SOURCE, source, findings);
    }

    static void checkTarget(ClusterInventory target, List<Finding> findings) {
        if (target.mode() == MetadataMode.ZOOKEEPER) {
            findings.add(Finding.of(
                    PrecheckCode.B04,
                    "target",
                    target.modeSignals().describe(),
                    "Point target at a cluster in KRaft mode, or create one."));
        }
        undecided(ClusterSide.TARGET, target, findings);
        Optional<KafkaRelease> release = target.release();
        if (release.isEmpty()) {
            findings.add(Finding.unchecked(PrecheckCode.B06, "target", "no broker told its version"));
        } else if (release.get().compareTo(OLDEST_TARGET) < 0) {
            findings.add(Finding.of(
                    PrecheckCode.B06,
                    "target",
                    "Kafka " + release.get(),
                    "Use a target with Kafka " + OLDEST_TARGET + " or above."));
        }
        if (target.topicDefaults()
                .or(Map.of())
                .getOrDefault(TopicSetting.UNCLEAN_LEADER_ELECTION, "false")
                .equals("true")) {
            findings.add(Finding.of(
                    PrecheckCode.W13,
                    "target",
                    "unclean.leader.election.enable is true by default",
                    "Set it to false in the target's configuration, at least until the migration is finalized."));
        }
    }

    static void compare(ClusterInventory source, ClusterInventory target, List<Finding> findings) {
        if (source.clusterId().equals(target.clusterId())) {
            findings.add(Finding.of(
                    PrecheckCode.B05,
                    "source and target",
                    "both are cluster " + source.clusterId(),
                    "Point source and target at two different clusters."));
        }
        int here = source.brokers().size();
        int there = target.brokers().size();
        if (there < here) {
            findings.add(Finding.of(
                    PrecheckCode.W01,
                    "target",
                    there + " brokers, the source has " + here,
                    "Make sure that the target's brokers are large enough for the load, or add brokers."));
        }
    }

    static void messageSize(List<TopicInventory> moving, ClusterInventory target, List<Finding> findings) {
        Function<TopicInventory, Long> limit = topic -> topic.setting(TopicSetting.MAX_MESSAGE_BYTES)
                .map(Long::parseLong)
                .orElse(0L);
        Optional<TopicInventory> largest = moving.stream().max(Comparator.comparing(limit));
        if (largest.isEmpty()) {
            return;
        }
        long needed = limit.apply(largest.get());
        for (BrokerInventory broker : target.brokers()) {
            limit(PrecheckCode.B11, BrokerSetting.MESSAGE_MAX_BYTES, broker, new Need(largest.get(), needed), findings);
            limit(
                    PrecheckCode.B12,
                    BrokerSetting.REPLICA_FETCH_MAX_BYTES,
                    broker,
                    new Need(largest.get(), needed - LOG_OVERHEAD),
                    findings);
        }
    }

    private record Need(TopicInventory topic, long bytes) {}

    private static void limit(
            PrecheckCode code, String setting, BrokerInventory broker, Need need, List<Finding> findings) {
        String subject = "target broker " + broker.id();
        String accepted = broker.configs().or(Map.of()).get(setting);
        if (accepted == null) {
            findings.add(Finding.of(
                    PrecheckCode.W04,
                    subject,
                    broker.configs().fold(known -> "told no " + setting, why -> setting + ": " + why),
                    "Make sure that " + setting + " of the target is at least " + need.bytes()
                            + ", or allow DescribeConfigs on the cluster."));
        } else if (Long.parseLong(accepted) < need.bytes()) {
            findings.add(Finding.of(
                    code,
                    subject,
                    setting + " is " + accepted + ", topic " + need.topic().name() + " of the source needs "
                            + need.bytes(),
                    "Set " + setting + " of the target to at least " + need.bytes() + "."));
        }
    }

    private static void undecided(ClusterSide side, ClusterInventory cluster, List<Finding> findings) {
        if (cluster.mode() == MetadataMode.UNDECIDED) {
            findings.add(Finding.of(
                    PrecheckCode.B20,
                    side.toString(),
                    cluster.modeSignals().describe(),
                    "Allow Describe on the cluster, wait until a running conversion is over, and run the precheck"
                            + " again."));
        }
    }
}
