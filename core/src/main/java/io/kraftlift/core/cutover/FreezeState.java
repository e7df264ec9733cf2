package io.kraftlift.core.cutover;

/** Where a freeze stands. */
public enum FreezeState {
    /** The producers' side was or is being asked; nothing is proven. */
    REQUESTED,
    /** The source's logs are still. */
    PROVEN,
    /** The cutover holds; producers stay frozen on the source until their clients are on the target. */
    COMMITTED,
    /** The cutover was given up; the producers' side was or is being asked to go on. */
    RELEASING,
    /** The producers' side has confirmed that it goes on; where that is a person, it was told to. */
    RELEASED
}
