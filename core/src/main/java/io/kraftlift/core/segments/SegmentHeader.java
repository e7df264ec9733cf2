package io.kraftlift.core.segments;

import io.kraftlift.core.batches.ProducerIdentity;
import io.kraftlift.core.lanes.LaneId;
import java.util.UUID;

/**
 * Whose segment this is.
 *
 * @param number 0 for a lane's first, without holes from there
 * @param writer chosen at random by each run of a worker
 * @param producer the identity that every batch of the lane carries; the same in all its segments
 */
public record SegmentHeader(LaneId lane, long number, UUID writer, ProducerIdentity producer) {
    public SegmentHeader {
        if (number < 0) {
            throw new IllegalArgumentException(
                    "segment number of lane " + lane + ": must be 0 or above, was " + number);
        }
    }
}
