package io.kraftlift.replicator;

import io.kraftlift.brokers.KafkaRelease;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import org.junit.jupiter.api.Tag;

@Tag("matrix")
@RealClusters(
        sourceRelease = KafkaRelease.KAFKA_2_8,
        targetRelease = KafkaRelease.KAFKA_3_9,
        signIns = true,
        sourceProperties = SignInContract.SESSIONS,
        targetProperties = SignInContract.SESSIONS,
        jvmOptions = SignInContract.SAY_WHO_COMES_AGAIN)
final class SignInMatrixIT extends SignInContract {
    SignInMatrixIT(Clusters clusters) {
        super(clusters);
    }
}
