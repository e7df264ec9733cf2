package io.kraftlift.core.failures;

/** A person has to act; the message ends with the remedy. Never retried. */
public final class OperatorActionNeeded extends KraftliftFailure {
    private static final long serialVersionUID = 1L;

    public OperatorActionNeeded(FailureName name, String message) {
        super(name, FailureFamily.OPERATOR_ACTION_NEEDED, message, null);
    }

    public OperatorActionNeeded(FailureName name, String message, Throwable cause) {
        super(name, FailureFamily.OPERATOR_ACTION_NEEDED, message, cause);
    }
}
