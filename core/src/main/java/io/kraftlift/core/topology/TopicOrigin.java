package io.kraftlift.core.topology;

/** Where a topic on the target comes from. */
public enum TopicOrigin {
    /** The migration makes it. */
    CREATED,
    /** It was there before, empty. */
    FOUND
}
