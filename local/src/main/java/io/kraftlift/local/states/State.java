package io.kraftlift.local.states;

/** One state of a definition. Immutable; what happens during a visit lives in the {@link Visit}. */
sealed interface State
        permits TaskState, ChoiceState, PassState, WaitState, ParallelState, MapState, SucceedState, FailState {
    String name();

    /** The value of {@code Type}, which also begins the names of the state's history events. */
    String type();

    Recovery recovery();

    /** Does the state's work once and says which way it is left. */
    Exit.Taken run(Visit visit) throws StateFailure, InterruptedException;
}
