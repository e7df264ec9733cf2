package io.kraftlift.access.msk;

import io.kraftlift.access.aws.AwsEndpoint;
import io.kraftlift.access.aws.HttpStub;
import io.kraftlift.access.aws.Patience;
import io.kraftlift.core.msk.MskArn;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kafka.KafkaClient;

/** The MSK API at an address of the test's own. */
public final class StubbedMsk {
    private static final int ATTEMPTS = 3;

    private StubbedMsk() {}

    /** Three quick tries for each call. */
    public static MskApi at(HttpStub stub, MskArn cluster) {
        return at(stub.uri(), cluster);
    }

    static MskApi at(URI endpoint, MskArn cluster) {
        return new MskApi(
                cluster,
                MskApi.configured(
                                KafkaClient.builder(),
                                new Patience(
                                        ATTEMPTS, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMillis(5)))
                        .endpointOverride(endpoint)
                        .region(Region.of(cluster.region()))
                        .credentialsProvider(AwsEndpoint.credentials())
                        .build());
    }
}
