package io.kraftlift.core.cutover;

import io.kraftlift.core.topics.PartitionId;

/**
 * A partition of the source that is not still.
 *
 * @param end its log end at the second of two looks
 * @param moved offsets by which its log end grew between the two
 * @param open offsets above its last stable offset: a transaction has not ended; 0 when none is open
 */
public record LogMovement(PartitionId partition, long end, long moved, long open) {
    @Override
    public String toString() {
        return partition
                + (moved != 0 ? " moved by " + moved + " (" + (end - moved) + " to " + end + ")" : "")
                + (open > 0 ? " open transaction over " + open + " (up to " + end + ")" : "");
    }
}
