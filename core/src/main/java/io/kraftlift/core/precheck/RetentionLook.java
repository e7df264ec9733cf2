package io.kraftlift.core.precheck;

import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Two looks at a log, one after the other.
 *
 * @param startBefore the log's start at the first look
 * @param start at the second look; at most {@code end}
 * @param endBefore the log's end at the first look
 * @param end at the second look
 * @param between how long after the first look the second one was; above zero
 * @param oldest the age of the first record; null when no record has a time
 * @param newest the age of the record with the latest time; null when there is none, or the cluster does not tell
 */
public record RetentionLook(
        PartitionId partition,
        long startBefore,
        long start,
        long endBefore,
        long end,
        Duration between,
        @Nullable Duration oldest,
        @Nullable Duration newest) {
    /** Offsets by which retention, or somebody, moved the start between the looks. */
    long removed() {
        return Math.max(0, start - startBefore);
    }

    /** Offsets that were written between the looks. */
    long written() {
        return Math.max(0, end - endBefore);
    }

    double seconds() {
        return Math.max(1, between.toMillis()) / 1000.0;
    }
}
