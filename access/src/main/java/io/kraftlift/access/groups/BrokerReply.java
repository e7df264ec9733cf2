package io.kraftlift.access.groups;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;

/** Waits for what a broker answers, and names the failure when it is none. */
public final class BrokerReply {
    private BrokerReply() {}

    /**
     * The answer. The wait is bounded by the client's own timeouts.
     *
     * @param what is being asked, for the message
     * @throws TryAgain BROKER_UNREACHABLE when the broker did not answer in time
     * @throws OperatorActionNeeded ACCESS_DENIED when it refused
     * @throws InvariantBroken DEFECT for any other answer
     */
    public static <T> T await(Future<T> answer, String what) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw named(e.getCause() == null ? e : e.getCause(), what);
        }
    }

    /** The failure that a client's exception stands for. */
    public static KraftliftFailure named(Throwable cause, String what) {
        if (cause instanceof KraftliftFailure failure) {
            return failure;
        }
        String message = what + ": " + cause.getClass().getSimpleName() + ": " + cause.getMessage();
        if (cause instanceof AuthenticationException) {
            return new OperatorActionNeeded(
                    FailureName.ACCESS_DENIED, message + "; correct the cluster's auth settings", cause);
        }
        if (cause instanceof AuthorizationException) {
            return new OperatorActionNeeded(
                    FailureName.ACCESS_DENIED, message + "; give the migration's principal this permission", cause);
        }
        if (cause instanceof RetriableException) {
            return new TryAgain(FailureName.BROKER_UNREACHABLE, message, cause);
        }
        return new InvariantBroken(FailureName.DEFECT, message, cause);
    }
}
