package io.kraftlift.core.precheck;

import io.kraftlift.core.config.SeedSettings;

/**
 * How fast the copy is taken to be.
 *
 * @param bytesPerSecond of all workers together, as the bytes lie on disk
 * @param sideBySide partitions that are copied at the same time
 */
record CopyPace(double bytesPerSecond, int sideBySide) {
    /**
     * What a worker of one vCPU is taken to copy where nothing limits it. The benchmark's worker copied 486 MB on disk in
     * 27.3 s with a fraction of a core, 17.8 MB/s ({@code docs/performance.md}, compare); this is a little less.
     */
    private static final double BYTES_PER_WORKER_SECOND = 15 << 20;

    static CopyPace of(SeedSettings seed) {
        double workers = seed.workers() * BYTES_PER_WORKER_SECOND;
        double pace = seed.maxBytesPerSecond() == null
                ? workers
                : Math.min(workers, (double) seed.maxBytesPerSecond().bytes());
        return new CopyPace(pace, seed.workers() * seed.maxConcurrentPartitions());
    }
}
