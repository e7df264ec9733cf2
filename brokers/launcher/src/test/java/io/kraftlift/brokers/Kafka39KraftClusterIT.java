package io.kraftlift.brokers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("matrix")
class Kafka39KraftClusterIT extends KafkaClusterContract {
    @Override
    KafkaCluster start(ClusterSettings settings) {
        return KraftCluster.start(settings, KafkaRelease.KAFKA_3_9);
    }

    @Test
    void refusesAReleaseThatDoesNotRunInTheMode(@TempDir Path own) {
        assertThatThrownBy(() -> KraftCluster.start(ClusterSettings.in(own), KafkaRelease.KAFKA_2_8))
                .hasMessageContaining("must run in KRaft mode, was KAFKA_2_8");
        assertThatThrownBy(() -> ZooKeeperModeCluster.start(ClusterSettings.in(own), KafkaRelease.KAFKA_4_3))
                .hasMessageContaining("must run in ZooKeeper mode, was KAFKA_4_3");
    }
}
