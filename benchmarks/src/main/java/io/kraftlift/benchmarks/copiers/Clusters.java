package io.kraftlift.benchmarks.copiers;

import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import java.util.Collection;

/**
 * From where to where, and what.
 *
 * @param source the source's bootstrap servers
 * @param target the target's bootstrap servers
 * @param topics that are copied
 */
public record Clusters(String source, String target, Collection<String> topics) {
    static ClusterSettings settings(String bootstrapServers) {
        return new ClusterSettings(new ClusterLocation.Bootstrap(bootstrapServers), new AuthSettings.Plaintext());
    }
}
