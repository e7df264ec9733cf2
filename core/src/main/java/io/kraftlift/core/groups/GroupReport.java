package io.kraftlift.core.groups;

import io.kraftlift.core.topics.PartitionId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** One group in a report. */
public record GroupReport(Map<PartitionId, PositionReport> positions) {
    public GroupReport {
        positions = Collections.unmodifiableMap(new TreeMap<>(positions));
    }

    /** Positions that the target now has as wanted. */
    public long carriedOver() {
        return positions.values().stream()
                .filter(position -> position.outcome().isCarriedOver())
                .count();
    }
}
