package io.kraftlift.core.plan;

import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.KafkaRelease;
import io.kraftlift.core.inventory.MetadataMode;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in a few words.
 *
 * @param release as far as the brokers tell; null when they do not
 */
public record ClusterSummary(
        String clusterId, MetadataMode metadata, @Nullable KafkaRelease release, int brokers) {
    static ClusterSummary of(ClusterInventory cluster) {
        return new ClusterSummary(
                cluster.clusterId(),
                cluster.mode(),
                cluster.release().orElse(null),
                cluster.brokers().size());
    }
}
