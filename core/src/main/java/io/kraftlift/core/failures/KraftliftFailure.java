package io.kraftlift.core.failures;

import org.jspecify.annotations.Nullable;

/**
 * A failure with a name. The subclass is the family and is what a Lambda's error type, and so the state machine's
 * {@code ErrorEquals}, sees.
 */
public abstract sealed class KraftliftFailure extends RuntimeException
        permits OperatorActionNeeded, TryAgain, InvariantBroken {
    private static final long serialVersionUID = 1L;

    private final FailureName failureName;

    KraftliftFailure(FailureName failureName, FailureFamily family, String message, @Nullable Throwable cause) {
        super(failureName + ": " + message, cause);
        if (failureName.family() != family) {
            throw new IllegalArgumentException("failure name: must be of family " + family + ", was " + failureName
                    + " of " + failureName.family());
        }
        this.failureName = failureName;
    }

    public FailureName failureName() {
        return failureName;
    }
}
