package io.kraftlift.replicator;

import io.kraftlift.brokers.KafkaRelease;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;

@RealClusters(
        sourceRelease = KafkaRelease.KAFKA_2_8,
        targetRelease = KafkaRelease.KAFKA_4_3,
        sourceProperties = {"log.cleaner.backoff.ms=100", "log.retention.check.interval.ms=200"})
final class Kafka28ToKafka43IT extends ReleasesContract {
    Kafka28ToKafka43IT(Clusters clusters) {
        super(clusters);
    }
}
