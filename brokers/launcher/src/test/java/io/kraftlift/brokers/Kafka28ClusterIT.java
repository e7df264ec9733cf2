package io.kraftlift.brokers;

import org.junit.jupiter.api.Tag;

/** Where the release differs from 3.9 for a copy is tested with every build; this is about the launcher. */
@Tag("matrix")
class Kafka28ClusterIT extends KafkaClusterContract {
    @Override
    KafkaCluster start(ClusterSettings settings) {
        return ZooKeeperModeCluster.start(settings, KafkaRelease.KAFKA_2_8);
    }
}
