package io.kraftlift.core.config;

import org.jspecify.annotations.Nullable;

/**
 * How much of both clusters the copy may use.
 *
 * @param maxConcurrentPartitions partitions that one worker fetches side by side in the seed, 1 or above
 * @param workers lanes, 1 to 40
 * @param maxBytesPerSecond over all workers; null is no limit
 */
public record SeedSettings(
        int maxConcurrentPartitions,
        ByteSize segmentMaxBytes,
        int workers,
        @Nullable ByteSize maxBytesPerSecond) {}
