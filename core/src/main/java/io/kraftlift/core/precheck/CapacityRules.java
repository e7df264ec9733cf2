package io.kraftlift.core.precheck;

import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.PartitionInventory;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.msk.MskProvisioned;
import io.kraftlift.core.topics.TopicName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** B15, B16, and the recommendation of W01: whether the target has room for what moves. */
final class CapacityRules {
    private CapacityRules() {}

    static void check(
            List<TopicInventory> moving, ClusterInventory target, PrecheckFacts facts, List<Finding> findings) {
        if (target.brokers().isEmpty()) {
            return;
        }
        Optional<MskProvisioned> msk = MskRules.provisioned(facts.cloud().target());
        msk.ifPresent(cluster -> partitions(moving, target, cluster, findings));
        if (!msk.map(cluster -> cluster.brokers().isExpress()).orElse(false)) {
            storage(moving, target, facts, findings);
        }
    }

    private static void partitions(
            List<TopicInventory> moving, ClusterInventory target, MskProvisioned msk, List<Finding> findings) {
        String type = msk.brokers().instanceType();
        Map<TopicName, TopicInventory> there = target.topicsByName();
        long replicas =
                target.topics().stream().mapToLong(CapacityRules::replicas).sum()
                        + moving.stream()
                                .filter(topic -> !there.containsKey(topic.name()))
                                .mapToLong(topic -> (long) topic.partitions().size() * planned(topic, target))
                                .sum();
        long perBroker = ceilingOf(replicas, target.brokers().size());
        Optional<BrokerSize> size = BrokerSize.of(type);
        if (size.isEmpty()) {
            findings.add(Finding.unchecked(
                    PrecheckCode.B15, "target", "no limit of brokers of type " + type + " is known to this program"));
        } else if (perBroker > size.get().most()) {
            findings.add(Finding.of(
                    PrecheckCode.B15,
                    "target",
                    "with what moves a broker has " + perBroker + " partitions, replicas counted; a broker of type "
                            + type + " may have " + size.get().most(),
                    "Use larger brokers (aws kafka update-broker-type), or at least "
                            + ceilingOf(replicas, size.get().most()) + " of them."));
        } else if (perBroker > size.get().recommended()) {
            findings.add(Finding.of(
                    PrecheckCode.W01,
                    "target's partitions",
                    "with what moves a broker has " + perBroker + " partitions, replicas counted; for a broker of type "
                            + type + " up to " + size.get().recommended() + " are recommended",
                    "Use larger brokers (aws kafka update-broker-type), or at least "
                            + ceilingOf(replicas, size.get().recommended()) + " of them."));
        }
    }

    /** Brokers share evenly: each of n brokers takes an n-th of all replicas' bytes. */
    private static void storage(
            List<TopicInventory> moving, ClusterInventory target, PrecheckFacts facts, List<Finding> findings) {
        long unknown = moving.stream()
                .flatMap(topic -> topic.partitions().stream())
                .filter(partition -> partition.bytes() == null)
                .count();
        if (unknown > 0) {
            findings.add(Finding.unchecked(
                    PrecheckCode.B16, "target", "the source does not tell the size of " + unknown + " partitions"));
        }
        Map<TopicName, TopicInventory> there = target.topicsByName();
        long needed = moving.stream()
                .mapToLong(
                        topic -> missing(topic, Optional.ofNullable(there.get(topic.name()))) * planned(topic, target))
                .sum();
        long each = ceilingOf(needed, target.brokers().size());
        facts.logs()
                .targetDisks()
                .fold(
                        disks -> disks.stream()
                                .min(Comparator.comparingLong(BrokerDisk::usableBytes))
                                .map(disk -> disk.usableBytes() < each && findings.add(tooSmall(disk, each)))
                                .orElseGet(() -> findings.add(Finding.unchecked(
                                        PrecheckCode.B16, "target", "no broker told the size of its disks"))),
                        why -> findings.add(Finding.unchecked(PrecheckCode.B16, "target", why)));
    }

    private static Finding tooSmall(BrokerDisk disk, long needed) {
        return Finding.of(
                PrecheckCode.B16,
                "target broker " + disk.broker(),
                mebibytes(disk.usableBytes()) + " MiB of " + mebibytes(disk.totalBytes())
                        + " MiB are free, each broker takes " + mebibytes(needed)
                        + " MiB of what moves, and what is written until the migration is finalized",
                "Give every broker of the target larger disks (on MSK: aws kafka update-broker-storage), or add brokers.");
    }

    private static long missing(TopicInventory topic, Optional<TopicInventory> there) {
        return Math.max(0, topic.bytes() - there.map(TopicInventory::bytes).orElse(0L));
    }

    private static long planned(TopicInventory topic, ClusterInventory target) {
        return Math.min(topic.replicationFactor(), target.brokers().size());
    }

    private static long replicas(TopicInventory topic) {
        return topic.partitions().stream()
                .mapToLong(PartitionInventory::replicas)
                .sum();
    }

    private static long mebibytes(long bytes) {
        return bytes >> 20;
    }

    private static long ceilingOf(long whole, long parts) {
        return (whole + parts - 1) / parts;
    }
}
