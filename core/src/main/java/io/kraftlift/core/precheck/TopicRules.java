package io.kraftlift.core.precheck;

import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.PartitionInventory;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.inventory.TopicSetting;
import io.kraftlift.core.plan.SkipReason;
import io.kraftlift.core.plan.TopicSelector;
import io.kraftlift.core.topics.TopicName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** B13, B14, W02, W05, W10, W11, W13, I03: topics. */
final class TopicRules {
    /** Versions that stored records in format 0 or 1. */
    private static final List<String> OLD_FORMATS = List.of("0.8.", "0.9.", "0.10.");

    private TopicRules() {}

    static void compare(
            List<TopicInventory> moving, ClusterInventory target, Set<TopicName> ours, List<Finding> findings) {
        Map<TopicName, TopicInventory> there = target.topicsByName();
        for (TopicInventory topic : moving) {
            Optional.ofNullable(there.get(topic.name()))
                    .flatMap(found -> obstacle(topic, found, ours))
                    .ifPresent(seen -> findings.add(Finding.of(
                            PrecheckCode.B13,
                            topic.name().value(),
                            seen,
                            "Delete the topic on the target if nobody needs it there, or exclude it"
                                    + " (topics.exclude).")));
        }
        replicationFactor(moving, target, findings);
        ClusterRules.messageSize(moving, target, findings);
    }

    static void check(
            ClusterInventory source, List<TopicInventory> moving, TopicSelector selector, List<Finding> findings) {
        unhealthy("source", moving, findings);
        about(
                        PrecheckCode.W05,
                        those(
                                moving,
                                topic -> setting(topic, TopicSetting.CLEANUP_POLICY)
                                        .contains("compact")),
                        "cleanup.policy has compact: offsets have holes, and the target compacts only after the migration",
                        "Nothing to do; plan for the target's disks to hold every record until the migration is finalized.")
                .ifPresent(findings::add);
        about(
                        PrecheckCode.W10,
                        those(
                                moving,
                                topic -> setting(topic, TopicSetting.TIMESTAMP_TYPE)
                                        .equals("LogAppendTime")),
                        "message.timestamp.type is LogAppendTime: while copying the target does not stamp records, from the client"
                                + " switch on it does again",
                        "Nothing to do, unless an application needs to tell the two apart.")
                .ifPresent(findings::add);
        about(
                        PrecheckCode.W11,
                        those(moving, TopicRules::isOfAnOldFormat),
                        "message.format.version is below 0.11: every batch has to be made anew from its records, which takes"
                                + " several times as long, and headers and idempotent producers are not possible there",
                        "Nothing to do; plan more time for the seed of these topics.")
                .ifPresent(findings::add);
        about(
                        PrecheckCode.W13,
                        those(
                                moving,
                                topic -> setting(topic, TopicSetting.UNCLEAN_LEADER_ELECTION)
                                        .equals("true")),
                        "unclean.leader.election.enable is true: a leader change can take back records that were already copied",
                        "Set it to false on the source, at least until the migration is finalized.")
                .ifPresent(findings::add);
        List<String> internal = source.topics().stream()
                .filter(topic -> selector.skips(topic).equals(Optional.of(SkipReason.INTERNAL)))
                .map(topic -> topic.name().value())
                .toList();
        if (!internal.isEmpty()) {
            findings.add(Finding.of(
                    PrecheckCode.I03,
                    Names.of(internal),
                    internal.size() + " internal topics are not copied",
                    "Nothing to do."));
        }
    }

    static void checkTarget(ClusterInventory target, Set<TopicName> ours, List<Finding> findings) {
        unhealthy(
                "target",
                target.topics().stream()
                        .filter(topic -> topic.internal() || ours.contains(topic.name()))
                        .toList(),
                findings);
    }

    private static Optional<String> obstacle(TopicInventory here, TopicInventory there, Set<TopicName> ours) {
        if (here.partitions().size() != there.partitions().size()) {
            return Optional.of("has " + there.partitions().size() + " partitions on the target, "
                    + here.partitions().size() + " on the source");
        }
        return there.hasRecords() && !ours.contains(there.name())
                ? Optional.of("has, or has had, records on the target")
                : Optional.empty();
    }

    private static void replicationFactor(
            List<TopicInventory> moving, ClusterInventory target, List<Finding> findings) {
        int brokers = target.brokers().size();
        List<TopicInventory> above = moving.stream()
                .filter(topic -> topic.replicationFactor() > brokers)
                .toList();
        above.stream()
                .max(Comparator.comparingInt(TopicInventory::replicationFactor))
                .ifPresent(most -> {
                    findings.add(Finding.of(
                            PrecheckCode.B14,
                            Names.of(names(above)),
                            above.size() + " topics have a replication factor of up to " + most.replicationFactor()
                                    + ", the target has " + brokers + " brokers",
                            "Add brokers to the target, up to " + most.replicationFactor() + "."));
                });
    }

    private static void unhealthy(String side, List<TopicInventory> topics, List<Finding> findings) {
        long offline = count(topics, partition -> partition.leader() == null);
        long behind =
                count(topics, partition -> partition.leader() != null && partition.inSync() < partition.replicas());
        if (offline + behind > 0) {
            List<String> names = names(topics.stream()
                    .filter(topic -> topic.partitions().stream()
                            .anyMatch(partition ->
                                    partition.leader() == null || partition.inSync() < partition.replicas()))
                    .toList());
            findings.add(Finding.of(
                    PrecheckCode.W02,
                    side + ": " + Names.of(names),
                    offline + " partitions have no leader, " + behind + " have fewer replicas in sync than they should",
                    "Bring the brokers back before the migration begins; partitions without a leader cannot be"
                            + " copied."));
        }
    }

    private static long count(List<TopicInventory> topics, Predicate<PartitionInventory> wanted) {
        return topics.stream()
                .flatMap(topic -> topic.partitions().stream())
                .filter(wanted)
                .count();
    }

    private static Optional<Finding> about(PrecheckCode code, List<String> names, String seen, String remedy) {
        return names.isEmpty() ? Optional.empty() : Optional.of(Finding.of(code, Names.of(names), seen, remedy));
    }

    private static List<String> those(List<TopicInventory> topics, Predicate<TopicInventory> wanted) {
        return names(topics.stream().filter(wanted).toList());
    }

    private static boolean isOfAnOldFormat(TopicInventory topic) {
        return OLD_FORMATS.stream().anyMatch(setting(topic, TopicSetting.MESSAGE_FORMAT_VERSION)::startsWith);
    }

    private static String setting(TopicInventory topic, String key) {
        return topic.setting(key).orElse("");
    }

    private static List<String> names(List<TopicInventory> topics) {
        return topics.stream().map(topic -> topic.name().value()).toList();
    }
}
