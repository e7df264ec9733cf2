package io.kraftlift.statemachine;

/** The environment variables that the state machine gives to a worker, and the container that it gives them to. */
public final class WorkerEnvironment {
    /** The container's name in the task. */
    public static final String CONTAINER = "replicator";

    /** A {@link io.kraftlift.statemachine.payloads.RunReference} as JSON. */
    public static final String RUN = "KRAFTLIFT_RUN";

    /** The lane's number. */
    public static final String LANE = "KRAFTLIFT_LANE";

    /** SEED, TAIL or DIGEST. */
    public static final String MODE = "KRAFTLIFT_MODE";

    private WorkerEnvironment() {}
}
