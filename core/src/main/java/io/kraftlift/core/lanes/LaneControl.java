package io.kraftlift.core.lanes;

import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import java.util.Map;
import java.util.TreeMap;

/**
 * The control object, {@code control/desired.json}.
 *
 * @param revision grows by one with every change, from 1
 * @param ends for DRAIN: the offset (exclusive) beyond which nothing may be copied, of every partition whose copy goes on; else empty
 */
public record LaneControl(long revision, DesiredState state, Map<PartitionId, SourceOffset> ends) {
    public LaneControl {
        ends = java.util.Collections.unmodifiableMap(new TreeMap<>(ends));
        if (state != DesiredState.DRAIN && !ends.isEmpty()) {
            throw new IllegalArgumentException("control object: only DRAIN has ends, was " + state);
        }
    }

    public static LaneControl first() {
        return new LaneControl(1, DesiredState.RUN, Map.of());
    }

    public LaneControl run() {
        return new LaneControl(revision + 1, DesiredState.RUN, Map.of());
    }

    public LaneControl drain(Map<PartitionId, SourceOffset> drainEnds) {
        return new LaneControl(revision + 1, DesiredState.DRAIN, drainEnds);
    }

    public LaneControl stop() {
        return new LaneControl(revision + 1, DesiredState.STOP, Map.of());
    }
}
