package io.kraftlift.core.segments;

import io.kraftlift.core.lanes.TopicEnd;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.SourceRun;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import java.nio.ByteBuffer;
import java.util.List;

/** One step of a lane, in the order in which they were taken. */
public sealed interface SegmentEntry {
    PartitionId partition();

    /**
     * Names a partition before its first other entry in the segment.
     *
     * @param sourceStart the first source offset that the lane wanted to copy
     * @param targetStart the target's log end before the lane's first record
     */
    record Open(PartitionId partition, SourceOffset sourceStart, TargetOffset targetStart) implements SegmentEntry {}

    /**
     * Records, as one batch that is sent as it is.
     *
     * @param runs the records' source offsets, ascending; their counts add up to the batch's
     * @param sourceNext the next source offset to fetch
     * @param bytes the batch; position and limit are its own
     */
    record Batch(PartitionId partition, List<SourceRun> runs, SourceOffset sourceNext, ByteBuffer bytes)
            implements SegmentEntry {
        public Batch {
            runs = List.copyOf(runs);
        }
    }

    /** The source was read up to {@code sourceNext} without a record to copy: markers, aborted or emptied batches. */
    record Advance(PartitionId partition, SourceOffset sourceNext) implements SegmentEntry {}

    /** Source records that were removed before they could be read, both offsets inclusive. */
    record Missing(PartitionId partition, SourceOffset first, SourceOffset last) implements SegmentEntry {}

    /** The partition's topic is no more on the source; no other entry of the partition follows in the lane. */
    record Ended(PartitionId partition, TopicEnd why) implements SegmentEntry {}
}
