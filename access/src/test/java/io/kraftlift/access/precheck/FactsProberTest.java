package io.kraftlift.access.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.config.StoreSettings;
import org.junit.jupiter.api.Test;

class FactsProberTest {
    private static final StoreSettings BUCKET = new StoreSettings.Bucket("segments", "", null);
    private static final StoreSettings DIRECTORY = new StoreSettings.Directory("/segments");
    private static final ClusterSettings BROKERS = cluster(new ClusterLocation.Bootstrap("b-1:9092"));
    private static final ClusterSettings OLD = cluster(new ClusterLocation.Arn(
            "arn:aws:kafka:eu-west-3:111122223333:cluster/old/11111111-2222-3333-4444-555555555555-1"));
    private static final ClusterSettings NEW = cluster(new ClusterLocation.Arn(
            "arn:aws:kafka:eu-central-1:111122223333:cluster/new/11111111-2222-3333-4444-555555555555-1"));

    @Test
    void takesWorkersToRunOnFargateWhereSegmentsGoToABucketAndAClusterIsOfMsk() {
        assertThat(FactsProber.regionOfWorkers(BUCKET, OLD, NEW)).contains("eu-central-1");
        assertThat(FactsProber.regionOfWorkers(BUCKET, OLD, BROKERS)).contains("eu-west-3");
        assertThat(FactsProber.regionOfWorkers(BUCKET, BROKERS, BROKERS)).isEmpty();
        assertThat(FactsProber.regionOfWorkers(DIRECTORY, OLD, NEW)).isEmpty();
    }

    @Test
    void asksNoRegionOfATextThatIsNoArn() {
        ClusterSettings wrong = cluster(new ClusterLocation.Arn("orders"));

        assertThat(FactsProber.regionOfWorkers(BUCKET, wrong, wrong)).isEmpty();
    }

    private static ClusterSettings cluster(ClusterLocation location) {
        return new ClusterSettings(location, new AuthSettings.Iam(null));
    }
}
