package io.kraftlift.access.kafka;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.inventory.ClusterSide;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/** Waits for a cluster's administrative answers, and names what goes wrong with them. */
public final class AdminCalls {
    /** How long the client tries one call. A healthy cluster answers within a second. */
    static final int CALL_TIMEOUT_MILLIS = 20_000;

    /** The client gives up by itself after the call's timeout; this is for a client that is stuck. */
    private static final Duration PATIENCE = Duration.ofMillis(2L * CALL_TIMEOUT_MILLIS);

    /** Errors by which a cluster says that what it was asked for can never be. */
    private static final List<Class<? extends ApiException>> REJECTIONS = List.of(
            InvalidConfigurationException.class,
            InvalidReplicationFactorException.class,
            InvalidRequestException.class,
            InvalidTopicException.class,
            PolicyViolationException.class);

    private final ClusterSide side;

    public AdminCalls(ClusterSide side) {
        this.side = side;
    }

    /**
     * Makes a client.
     *
     * @throws OperatorActionNeeded CONFIGURATION_WRONG when the client refuses its settings, as it does for host names
     *     that do not resolve
     */
    public <T> T connect(Supplier<T> client) {
        try {
            return client.get();
        } catch (KafkaException e) {
            Throwable cause = e instanceof ConfigException || e.getCause() == null ? e : e.getCause();
            throw new OperatorActionNeeded(
                    FailureName.CONFIGURATION_WRONG,
                    side + ": no connection can be set up: " + cause.getMessage() + "; correct " + side
                            + ".bootstrap_servers or " + side + ".auth",
                    e);
        }
    }

    /**
     * Waits for an answer.
     *
     * @param asked what was asked, in a few words, for the message
     * @throws TryAgain BROKER_UNREACHABLE when none came
     * @throws OperatorActionNeeded ACCESS_DENIED when the cluster refuses, TOPOLOGY_CONFLICT when it rejects a value
     */
    public <T> T await(@Nullable KafkaFuture<T> answer, String asked) throws InterruptedException {
        if (answer == null) {
            throw failure(new IllegalStateException("the client gave no answer"), asked);
        }
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause(), asked);
        } catch (TimeoutException e) {
            throw failure(e, asked);
        }
    }

    /** The failure that a cluster's error amounts to. */
    public KraftliftFailure failure(Throwable error, String asked) {
        if (error instanceof AuthenticationException) {
            return new OperatorActionNeeded(
                    FailureName.ACCESS_DENIED,
                    side + ": refused the credentials when asked to " + asked + ": " + error.getMessage() + "; correct "
                            + side + ".auth",
                    error);
        }
        if (error instanceof UnsupportedVersionException) {
            return new OperatorActionNeeded(
                    FailureName.TOPOLOGY_CONFLICT,
                    side + ": its brokers are of a release that cannot " + asked + " (" + error.getMessage()
                            + "); do without, or upgrade them",
                    error);
        }
        if (error instanceof AuthorizationException) {
            return new OperatorActionNeeded(
                    FailureName.ACCESS_DENIED,
                    side + ": does not allow to " + asked + ": " + error.getMessage()
                            + "; give this right to the principal of " + side + ".auth",
                    error);
        }
        if (REJECTIONS.stream().anyMatch(rejection -> rejection.isInstance(error))) {
            return new OperatorActionNeeded(
                    FailureName.TOPOLOGY_CONFLICT,
                    side + ": rejects to " + asked + ": " + error.getMessage()
                            + "; change the value on the source, or exclude the topic (topics.exclude)",
                    error);
        }
        return new TryAgain(
                FailureName.BROKER_UNREACHABLE,
                side + ": did not " + asked + " (" + error.getClass().getSimpleName() + ": " + error.getMessage()
                        + "); check " + side + ".bootstrap_servers, security groups and the brokers' health",
                error);
    }

    /** The items in order, in lists of at most {@code size}. */
    static <T> List<List<T>> chunks(Collection<T> items, int size) {
        List<T> all = List.copyOf(items);
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            chunks.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return chunks;
    }
}
