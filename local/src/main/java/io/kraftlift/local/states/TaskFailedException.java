package io.kraftlift.local.states;

/** The answer of a {@link TaskIntegration} whose work failed: an error name for Retry and Catch, and a cause. */
public final class TaskFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String error;
    private final String cause;

    /**
     * @param error what {@code ErrorEquals} is compared with, such as {@code Lambda.TooManyRequestsException}
     * @param cause what happened, for people
     */
    public TaskFailedException(String error, String cause) {
        super(error + ": " + cause);
        this.error = error;
        this.cause = cause;
    }

    public String error() {
        return error;
    }

    public String cause() {
        return cause;
    }
}
