package io.kraftlift.core.segments;

import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.topics.PartitionId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A segment, read.
 *
 * @param entries in the order in which they were written
 * @param progress where each partition of the segment stands after it
 */
public record Segment(SegmentHeader header, List<SegmentEntry> entries, Map<PartitionId, PartitionProgress> progress) {
    public Segment {
        entries = List.copyOf(entries);
        progress = Collections.unmodifiableMap(new TreeMap<>(progress));
    }
}
