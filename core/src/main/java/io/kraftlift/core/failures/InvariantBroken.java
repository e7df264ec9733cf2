package io.kraftlift.core.failures;

/** Something that must never be was seen. Everything stops and is kept as it is. */
public final class InvariantBroken extends KraftliftFailure {
    private static final long serialVersionUID = 1L;

    public InvariantBroken(FailureName name, String message) {
        super(name, FailureFamily.INVARIANT_BROKEN, message, null);
    }

    public InvariantBroken(FailureName name, String message, Throwable cause) {
        super(name, FailureFamily.INVARIANT_BROKEN, message, cause);
    }
}
