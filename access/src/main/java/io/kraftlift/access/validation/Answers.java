package io.kraftlift.access.validation;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/** Waits for a cluster's answers, and names what can go wrong. */
final class Answers {
    /** An admin client's own default is 60 s; a second more, so that its message is the one that is seen. */
    private static final Duration PATIENCE = Duration.ofSeconds(61);

    private Answers() {}

    /**
     * The answer.
     *
     * @param what the question, for messages
     * @throws TryAgain BROKER_UNREACHABLE when none comes
     * @throws OperatorActionNeeded ACCESS_DENIED when it is refused
     */
    static <T> T await(KafkaFuture<T> answer, String what) throws InterruptedException {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw named(e.getCause() == null ? e : e.getCause(), what);
        } catch (TimeoutException e) {
            throw named(e, what);
        }
    }

    /** Like {@link #await}; empty when the cluster does not know what was asked for. */
    static <T> Optional<T> awaitIfKnown(KafkaFuture<T> answer, Class<? extends Exception> unknown, String what)
            throws InterruptedException {
        try {
            return Optional.of(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            if (unknown.isInstance(e.getCause())) {
                return Optional.empty();
            }
            throw named(e.getCause() == null ? e : e.getCause(), what);
        } catch (TimeoutException e) {
            throw named(e, what);
        }
    }

    static KraftliftFailure named(Throwable cause, String what) {
        if (cause instanceof AuthorizationException || cause instanceof AuthenticationException) {
            return new OperatorActionNeeded(
                    FailureName.ACCESS_DENIED,
                    what + " was refused (" + cause.getMessage() + "); give this principal the permission and redrive",
                    cause);
        }
        return new TryAgain(FailureName.BROKER_UNREACHABLE, what + " did not succeed (" + cause + ")", cause);
    }
}
