package io.kraftlift.core.msk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether MSK can turn a cluster from ZooKeeper to KRaft mode in place (Amazon MSK Developer Guide, "Upgrade from
 * ZooKeeper to KRaft").
 *
 * @param target the version to convert to; empty when MSK offers none
 * @param obstacles what stands in the way as far as the API shows it, each for a person; MSK alone decides
 */
public record InPlaceConversion(Optional<String> target, List<String> obstacles) {
    private static final int ZONES_NEEDED = 3;

    public InPlaceConversion {
        obstacles = List.copyOf(obstacles);
    }

    /**
     * Judges by what the API shows. MSK offers a {@code .kraft} version only to clusters that it can convert.
     *
     * @param offered the versions that the cluster can be updated to
     */
    public static InPlaceConversion of(MskProvisioned cluster, List<String> offered) {
        List<String> obstacles = new ArrayList<>();
        if (!cluster.isActive()) {
            obstacles.add("the cluster must be ACTIVE, is " + cluster.state());
        }
        if (cluster.mode().mode() != MskModeSignals.Mode.ZOOKEEPER) {
            obstacles.add(
                    "the cluster must be in ZooKeeper mode; " + cluster.mode().describe());
        }
        if (!cluster.kafkaVersion().startsWith("3.9.")) {
            obstacles.add("the Kafka version must be 3.9.x, is " + cluster.kafkaVersion());
        }
        MskProvisioned.MskBrokers brokers = cluster.brokers();
        if (brokers.isExpress() || brokers.instanceType().equals("kafka.t3.small")) {
            obstacles.add("the brokers must be Standard and larger than kafka.t3.small, are " + brokers.instanceType());
        }
        if (brokers.availabilityZones() != ZONES_NEEDED) {
            obstacles.add("the brokers must be in 3 availability zones, are in " + brokers.availabilityZones());
        }
        if (cluster.access().publicAccess() && cluster.access().openMonitoring()) {
            obstacles.add("public access and open monitoring must not both be on");
        }
        return new InPlaceConversion(
                offered.stream().filter(version -> version.endsWith(".kraft")).findFirst(), obstacles);
    }

    /** Whether MSK offers the conversion and nothing that we see stands in the way. */
    public boolean isEligible() {
        return target.isPresent() && obstacles.isEmpty();
    }
}
