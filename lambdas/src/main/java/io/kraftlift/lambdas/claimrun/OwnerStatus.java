package io.kraftlift.lambdas.claimrun;

import java.util.Optional;

/** Asks the executing machine how the owner of a lease is doing. */
@FunctionalInterface
public interface OwnerStatus {
    /**
     * An execution's status.
     *
     * @return RUNNING, PENDING_REDRIVE, SUCCEEDED, FAILED, TIMED_OUT or ABORTED; empty when the machine knows no such execution
     * @throws io.kraftlift.core.failures.KraftliftFailure when it does not say
     */
    Optional<String> of(String executionArn);
}
