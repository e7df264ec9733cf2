package io.kraftlift.core.plan;

import org.jspecify.annotations.Nullable;

/**
 * The plan in numbers.
 *
 * @param estimatedSeedBytes bytes on the source's disks, each partition counted once
 * @param partitionsOfUnknownSize partitions that count as 0 bytes in it
 * @param records offsets between the logs' starts and ends; compaction holes and markers count, so there are no more
 *     records than that
 * @param recordsLastHour offsets that were given out in the hour before; null when the cluster did not tell
 * @param bytesLastHour the same in bytes, by each topic's mean; null when the cluster did not tell
 */
public record PlanTotals(
        int topics,
        int topicsToCreate,
        int partitions,
        int partitionsToCreate,
        long estimatedSeedBytes,
        int partitionsOfUnknownSize,
        long records,
        @Nullable Long recordsLastHour,
        @Nullable Long bytesLastHour) {}
