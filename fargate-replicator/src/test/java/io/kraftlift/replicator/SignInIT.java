package io.kraftlift.replicator;

import io.kraftlift.brokers.KafkaRelease;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;

@RealClusters(
        sourceRelease = KafkaRelease.KAFKA_3_9,
        targetRelease = KafkaRelease.KAFKA_4_3,
        signIns = true,
        sourceProperties = SignInContract.SESSIONS,
        targetProperties = SignInContract.SESSIONS,
        jvmOptions = SignInContract.SAY_WHO_COMES_AGAIN)
final class SignInIT extends SignInContract {
    SignInIT(Clusters clusters) {
        super(clusters);
    }
}
