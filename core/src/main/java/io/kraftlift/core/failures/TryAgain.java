package io.kraftlift.core.failures;

/** The same step may succeed later. The state machine retries it. */
public final class TryAgain extends KraftliftFailure {
    private static final long serialVersionUID = 1L;

    public TryAgain(FailureName name, String message) {
        super(name, FailureFamily.TRY_AGAIN, message, null);
    }

    public TryAgain(FailureName name, String message, Throwable cause) {
        super(name, FailureFamily.TRY_AGAIN, message, cause);
    }
}
