package io.kraftlift.core.plan;

import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.KafkaRelease;
import io.kraftlift.core.inventory.MetadataMode;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.msk.MskCluster;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in a few words.
 *
 * @param release as far as the brokers tell; null when they do not
 * @param name what MSK calls the cluster; null when it is not given by an ARN
 * @param mskVersion the version as MSK writes it, {@code 3.9.x.kraft}; null when MSK did not tell
 */
public record ClusterSummary(
        String clusterId,
        MetadataMode metadata,
        @Nullable KafkaRelease release,
        int brokers,
        @Nullable String name,
        @Nullable String mskVersion) {
    static ClusterSummary of(ClusterInventory cluster, Optional<MskFacts> msk) {
        Optional<Described> described = msk.map(MskFacts::cluster).flatMap(ClusterSummary::described);
        return new ClusterSummary(
                cluster.clusterId(),
                cluster.mode(),
                cluster.release().orElse(null),
                cluster.brokers().size(),
                described.map(Described::name).orElse(null),
                described.flatMap(Described::version).orElse(null));
    }

    /** What MSK calls the cluster, or else its id. */
    public String shownName() {
        return name == null ? clusterId : name;
    }

    /** The version as MSK writes it, or else the brokers' release. */
    public String shownVersion() {
        if (mskVersion != null) {
            return mskVersion;
        }
        return release == null ? "unknown" : release.toString();
    }

    private static Optional<Described> described(Reading<MskCluster> reading) {
        return reading.fold(
                cluster -> Optional.of(new Described(
                        cluster.arn().clusterName(),
                        cluster.fold(
                                provisioned -> Optional.of(provisioned.kafkaVersion()),
                                serverless -> Optional.empty()))),
                why -> Optional.empty());
    }

    private record Described(String name, Optional<String> version) {}
}
