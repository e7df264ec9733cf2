package io.kraftlift.replicator;

import io.kraftlift.brokers.KafkaRelease;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import org.junit.jupiter.api.Tag;

@Tag("matrix")
@RealClusters(
        sourceRelease = KafkaRelease.KAFKA_3_9,
        targetRelease = KafkaRelease.KAFKA_4_3,
        sourceProperties = {"log.cleaner.backoff.ms=100", "log.retention.check.interval.ms=200"})
final class Kafka39ToKafka43MatrixIT extends ReleasesContract {
    Kafka39ToKafka43MatrixIT(Clusters clusters) {
        super(clusters);
    }
}
