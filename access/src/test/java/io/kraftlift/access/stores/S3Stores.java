package io.kraftlift.access.stores;

import io.kraftlift.access.aws.AwsEndpoint;
import io.kraftlift.access.aws.Patience;
import io.kraftlift.core.config.StoreSettings;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import software.amazon.awssdk.services.s3.S3Client;

/** Stores of tests: the production client, at an endpoint, with the patience that the test has. */
final class S3Stores {
    private S3Stores() {}

    static S3ObjectStore at(URI endpoint, StoreSettings.Bucket settings) {
        return patient(endpoint, settings, Patience.FOR_OBJECTS);
    }

    /** Four tries within two seconds each, seven in all. */
    static S3ObjectStore impatientAt(URI endpoint, StoreSettings.Bucket settings) {
        return patient(
                endpoint,
                settings,
                new Patience(4, Duration.ofSeconds(2), Duration.ofSeconds(7), Duration.ofMillis(5)));
    }

    /** The production client itself. */
    static S3Client client(URI endpoint) {
        return client(endpoint, Patience.FOR_OBJECTS);
    }

    private static S3ObjectStore patient(URI endpoint, StoreSettings.Bucket settings, Patience patience) {
        return new S3ObjectStore(
                client(endpoint, patience), settings, () -> UUID.randomUUID().toString());
    }

    private static S3Client client(URI endpoint, Patience patience) {
        return S3Clients.configured(S3Client.builder(), patience)
                .endpointOverride(endpoint)
                .region(AwsEndpoint.REGION)
                .credentialsProvider(AwsEndpoint.credentials())
                .build();
    }
}
