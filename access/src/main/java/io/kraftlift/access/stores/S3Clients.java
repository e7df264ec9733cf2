package io.kraftlift.access.stores;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import java.time.Duration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
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
     * How long and how often a call is tried.
     *
     * @param attempts tries in all, at least 1
     * @param attempt bound of one try
     * @param call bound of all tries and the waits between them
     * @param firstWait longest wait before the second try; doubles with each further one
     */
    record Patience(int attempts, Duration attempt, Duration call, Duration firstWait) {
        /**
         * A segment of 32 MiB has a minute, which is half a MiB a second; the waits of seven tries add up to at most
         * 0.2 + 0.4 + 0.8 + 1.6 + 3.2 + 6.4 = 12.6 s, enough to outlast a throttled prefix being split.
         */
        static final Patience USUAL =
                new Patience(7, Duration.ofSeconds(60), Duration.ofMinutes(4), Duration.ofMillis(200));

        /** No single wait is longer than this, so that the bound of the call is spent on tries. */
        private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

        /** Random waits below an exponentially growing bound; every kind of transient answer is tried again. */
        RetryStrategy strategy() {
            BackoffStrategy waits = BackoffStrategy.exponentialDelay(firstWait, LONGEST_WAIT);
            return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                    .maxAttempts(attempts)
                    .backoffStrategy(waits)
                    .throttlingBackoffStrategy(waits)
                    // Tries and time are bounded per call; one lane's bad luck must not cost another its tries.
                    .circuitBreakerEnabled(false)
                    .retryOnException(Patience::isConflict)
                    .build();
        }

        /** 409 to a conditional write: somebody else's write was under way, the next try tells who won. */
        private static boolean isConflict(Throwable failure) {
            return failure instanceof AwsServiceException answer && answer.statusCode() == 409;
        }
    }

    /**
     * A client by the SDK's default chains.
     *
     * @throws OperatorActionNeeded CONFIGURATION_WRONG when no region is set
     */
    static S3Client byDefaultChains() {
        try {
            return configured(S3Client.builder(), Patience.USUAL).build();
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
        S3EndpointProvider rules = S3EndpointProvider.defaultProvider();
        return builder.httpClientBuilder(Apache5HttpClient.builder()
                        .maxConnections(CONNECTIONS)
                        .connectionTimeout(Duration.ofSeconds(5)))
                .overrideConfiguration(call -> call.retryStrategy(patience.strategy())
                        .apiCallAttemptTimeout(patience.attempt())
                        .apiCallTimeout(patience.call()))
                .endpointProvider(asked -> rules.resolveEndpoint(
                        asked.endpoint() == null
                                ? asked
                                : asked.toBuilder().forcePathStyle(true).build()));
    }
}
