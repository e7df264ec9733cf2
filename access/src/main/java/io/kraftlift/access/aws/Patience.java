package io.kraftlift.access.aws;

import java.time.Duration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * How long and how often a call is tried.
 *
 * @param attempts tries in all, at least 1
 * @param attempt bound of one try
 * @param call bound of all tries and the waits between them
 * @param firstWait longest wait before the second try; doubles with each further one
 */
public record Patience(int attempts, Duration attempt, Duration call, Duration firstWait) {
    /**
     * For objects: a segment of 32 MiB has a minute, which is half a MiB a second; the waits of seven tries add up to at
     * most 0.2 + 0.4 + 0.8 + 1.6 + 3.2 + 6.4 = 12.6 s, enough to outlast a throttled prefix being split.
     */
    public static final Patience FOR_OBJECTS =
            new Patience(7, Duration.ofSeconds(60), Duration.ofMinutes(4), Duration.ofMillis(200));

    /** For small questions to a service. The waits add up to at most 0.5 + 1 + 2 + 4 + 8 = 15.5 s. */
    public static final Patience FOR_QUESTIONS =
            new Patience(6, Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMillis(500));

    /** No single wait is longer than this, so that the bound of the call is spent on tries. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /** Makes a client's calls this patient. */
    public void apply(ClientOverrideConfiguration.Builder calls) {
        calls.retryStrategy(strategy()).apiCallAttemptTimeout(attempt).apiCallTimeout(call);
    }

    /** Random waits below an exponentially growing bound; every kind of transient answer is tried again. */
    private RetryStrategy strategy() {
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

    /** 409: somebody else's change was under way, the next try tells how it ended. */
    private static boolean isConflict(Throwable failure) {
        return failure instanceof AwsServiceException answer && answer.statusCode() == 409;
    }
}
