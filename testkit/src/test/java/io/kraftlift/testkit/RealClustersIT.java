package io.kraftlift.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@RealClusters(sourceProperties = "message.max.bytes=1234567")
class RealClustersIT {
    private static final ConfigResource BROKER = new ConfigResource(ConfigResource.Type.BROKER, "1");

    @Test
    void givesAZooKeeperModeSourceAndAKraftTarget(Clusters clusters) throws Exception {
        assertThat(finalizedFeatures(clusters.source().bootstrapServers())).doesNotContain("metadata.version");
        assertThat(finalizedFeatures(clusters.target().bootstrapServers())).contains("metadata.version");
    }

    @Test
    void passesTheClassesOwnPropertiesOn(Clusters clusters) throws Exception {
        try (Admin admin = admin(clusters.source().bootstrapServers())) {
            assertThat(admin.describeConfigs(Set.of(BROKER)).all().get())
                    .hasEntrySatisfying(
                            BROKER,
                            config -> assertThat(config.get("message.max.bytes").value())
                                    .isEqualTo("1234567"));
        }
    }

    @Nested
    class InANestedClass {
        @Test
        void theSameClustersServe(Clusters clusters) {
            assertThat(clusters.source().brokers()).hasSize(1).allMatch(broker -> broker.alive());
        }
    }

    private static Set<String> finalizedFeatures(String bootstrap) throws Exception {
        try (Admin admin = admin(bootstrap)) {
            return admin.describeFeatures()
                    .featureMetadata()
                    .get()
                    .finalizedFeatures()
                    .keySet();
        }
    }

    private static Admin admin(String bootstrap) {
        return Admin.create(Map.of("bootstrap.servers", bootstrap));
    }
}
