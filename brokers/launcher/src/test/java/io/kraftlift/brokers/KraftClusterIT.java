package io.kraftlift.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KraftClusterIT extends KafkaClusterContract {
    @Override
    KafkaCluster start(ClusterSettings settings) {
        return KraftCluster.start(settings);
    }

    @Test
    void threeNodesSeeEachOtherAndGoOnWithoutOne(@TempDir Path own) {
        try (KafkaCluster cluster = KraftCluster.start(ClusterSettings.in(own).withBrokers(3))) {
            assertThat(cluster.brokers())
                    .allSatisfy(broker -> assertThat(MetadataProbe.ask(broker.port()))
                            .hasValueSatisfying(
                                    view -> assertThat(view.brokers()).isEqualTo(Set.of(1, 2, 3))));

            cluster.killBroker(2);
            cluster.pauseBroker(3);
            cluster.resumeBroker(3);

            assertThat(cluster.brokers()).extracting(Broker::alive).containsExactly(true, false, true);
            cluster.startBroker(2);
            assertThat(MetadataProbe.ask(cluster.brokers().get(1).port())).isPresent();
        }
    }

    @Test
    void saysWhatTheLogEndsWithWhenABrokerDoesNotStart(@TempDir Path own) {
        ClusterSettings wrong = ClusterSettings.in(own).withBrokerProperties(Map.of("num.io.threads", "none"));

        assertThatThrownBy(() -> KraftCluster.start(wrong))
                .isInstanceOf(BrokerStartFailed.class)
                .hasMessageContaining("format-1")
                .hasMessageContaining("Invalid value none for configuration num.io.threads");
    }
}
