package io.kraftlift.core.lanes;

/** What the control object asks of the tail's workers. */
public enum DesiredState {
    /** Copy whatever appears on the source. */
    RUN,
    /** Copy exactly to the given ends, checkpoint at once, stay. */
    DRAIN,
    /** Copy what is in hand to the target, checkpoint, end. */
    STOP
}
