package io.kraftlift.local.states;

/** Where an execution is; every status but {@link #RUNNING} is an end, though a redrive may leave it. */
public enum ExecutionStatus {
    RUNNING(false),
    SUCCEEDED(false),
    FAILED(true),
    TIMED_OUT(true),
    ABORTED(true);

    private final boolean redrivable;

    ExecutionStatus(boolean redrivable) {
        this.redrivable = redrivable;
    }

    boolean redrivable() {
        return redrivable;
    }
}
