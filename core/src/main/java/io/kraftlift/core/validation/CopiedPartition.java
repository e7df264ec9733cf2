package io.kraftlift.core.validation;

import io.kraftlift.core.lanes.Ended;
import io.kraftlift.core.lanes.Gap;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A planned partition as the copy left it, and as both clusters describe it now.
 *
 * @param copy null when no checkpoint names the partition
 * @param source null when the source has no such partition any more
 * @param target null when the target has no such partition
 * @param ended why its copy was over before the migration; null when it was not
 */
public record CopiedPartition(
        PartitionId partition,
        @Nullable Copy copy,
        @Nullable LogRange source,
        @Nullable LogRange target,
        List<Gap> gaps,
        @Nullable Ended ended) {
    public CopiedPartition {
        gaps = List.copyOf(gaps);
    }

    /** A partition that was copied until the migration was over. */
    public CopiedPartition(
            PartitionId partition,
            @Nullable Copy copy,
            @Nullable LogRange source,
            @Nullable LogRange target,
            List<Gap> gaps) {
        this(partition, copy, source, target, gaps, null);
    }

    /**
     * What the checkpoint and the offset map say.
     *
     * @param sourceNext the checkpoint's first source offset that was not looked at
     * @param targetNext the checkpoint's end of the copy on the target
     * @param records the checkpoint's number of records
     * @param map the offset map's view; null when there is none
     */
    public record Copy(
            SourceOffset sourceNext,
            TargetOffset targetNext,
            long records,
            @Nullable MapRange map) {}

    /**
     * The range of an offset map.
     *
     * @param coveredTo the source offset up to which, exclusive, the map answers
     */
    public record MapRange(SourceOffset coveredTo, TargetOffset targetStart, TargetOffset targetNext) {}

    /**
     * A log's first offset and its end (exclusive), control records included.
     */
    public record LogRange(long start, long end) {}
}
