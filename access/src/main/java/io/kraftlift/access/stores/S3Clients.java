package io.kraftlift.access.stores;

import io.kraftlift.access.aws.AwsSession;
import io.kraftlift.access.aws.Patience;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/**
 * Makes clients of S3. Region, credentials and endpoint come from the AWS SDK's own chains: {@code AWS_REGION},
 * {@code AWS_ENDPOINT_URL_S3}, {@code AWS_ENDPOINT_URL} and the shared configuration file among them. Against an endpoint
 * that was given, the bucket stands in the path and not in the host's name.
 */
final class S3Clients {
    /** Enough for all lanes of a worker to write and read at once. */
    private static final int CONNECTIONS = 64;

    private S3Clients() {}

    /**
     * A client of a session.
     *
     * @throws OperatorActionNeeded CONFIGURATION_WRONG when no region is set
     */
    static S3Client of(AwsSession session) {
        try {
            return configured(session.apply(S3Client.builder(), Patience.FOR_OBJECTS))
                    .build();
        } catch (SdkClientException e) {
            throw new OperatorActionNeeded(
                    FailureName.CONFIGURATION_WRONG,
                    "s3_bucket: no client can be made (" + e.getMessage()
                            + "); set AWS_REGION to the bucket's region, or a profile that has one",
                    e);
        }
    }

    /** Adds to the builder what every client of this package has. */
    static S3ClientBuilder configured(S3ClientBuilder builder, Patience patience) {
        return configured(AwsSession.BY_DEFAULT_CHAINS.apply(builder, patience));
    }

    private static S3ClientBuilder configured(S3ClientBuilder builder) {
        S3EndpointProvider rules = S3EndpointProvider.defaultProvider();
        return builder.httpClientBuilder(Apache5HttpClient.builder()
                        .maxConnections(CONNECTIONS)
                        .connectionTimeout(Duration.ofSeconds(5)))
                .endpointProvider(asked -> rules.resolveEndpoint(
                        asked.endpoint() == null
                                ? asked
                                : asked.toBuilder().forcePathStyle(true).build()));
    }
}
