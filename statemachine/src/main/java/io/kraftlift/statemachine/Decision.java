package io.kraftlift.statemachine;

/** What a person can say at a gate. */
public enum Decision {
    APPROVE,
    REJECT,
    DEFER
}
