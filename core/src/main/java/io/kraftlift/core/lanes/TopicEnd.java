package io.kraftlift.core.lanes;

/** Why a topic's copy is over before the migration is. */
public enum TopicEnd {
    /** The source does not know the topic any more. */
    DELETED,
    /** The source has another topic under the name; nothing of that one is copied. */
    REMADE
}
