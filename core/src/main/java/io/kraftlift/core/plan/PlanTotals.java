package io.kraftlift.core.plan;

/**
 * The plan in numbers.
 *
 * @param estimatedSeedBytes bytes on the source's disks, each partition counted once
 * @param partitionsOfUnknownSize partitions that count as 0 bytes in it
 */
public record PlanTotals(
        int topics,
        int topicsToCreate,
        int partitions,
        int partitionsToCreate,
        long estimatedSeedBytes,
        int partitionsOfUnknownSize) {}
