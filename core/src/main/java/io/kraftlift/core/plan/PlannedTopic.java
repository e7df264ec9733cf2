package io.kraftlift.core.plan;

import io.kraftlift.core.topology.TopicDesign;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A topic that moves.
 *
 * @param bytes on the source's disks, each partition counted once; partitions of unknown size count as 0
 * @param partitionBytes the same of every partition, in the order of their numbers
 * @param records offsets between the logs' starts and ends
 * @param recordsLastHour offsets that were given out in the hour before; null when the cluster did not tell
 */
public record PlannedTopic(
        TopicDesign design,
        long bytes,
        List<Long> partitionBytes,
        long records,
        @Nullable Long recordsLastHour) {
    public PlannedTopic {
        partitionBytes = List.copyOf(partitionBytes);
    }

    /** What was written in the hour before, by the topic's mean of bytes per record; 0 when that is not known. */
    long bytesLastHour() {
        if (recordsLastHour == null || records == 0) {
            return 0;
        }
        // In floating point: the product of bytes and records does not fit into a long.
        return Math.round((double) bytes / records * recordsLastHour);
    }
}
