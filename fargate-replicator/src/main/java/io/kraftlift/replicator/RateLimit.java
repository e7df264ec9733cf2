package io.kraftlift.replicator;

import java.util.function.LongSupplier;

/**
 * A token bucket that may be overdrawn once: what was fetched is paid for afterwards by waiting. Holds the rate to the
 * burst divided by the run's length.
 *
 * <p>Mutable, confined to one thread.
 */
final class RateLimit {
    private static final double NANOS = 1e9;

    /** Tokens that may be saved up, in seconds' worth. */
    private static final double BURST_SECONDS = 0.1;

    private final double bytesPerSecond;
    private final LongSupplier nanoTime;
    private double tokens;
    private long countedAt;

    /**
     * An empty bucket.
     *
     * @param bytesPerSecond above 0; positive infinity is no limit
     */
    RateLimit(double bytesPerSecond, LongSupplier nanoTime) {
        if (!(bytesPerSecond > 0)) {
            throw new IllegalArgumentException("rate: must be above 0 bytes a second, was " + bytesPerSecond);
        }
        this.bytesPerSecond = bytesPerSecond;
        this.nanoTime = nanoTime;
        this.countedAt = nanoTime.getAsLong();
    }

    void spend(long bytes) {
        tokens -= bytes;
    }

    /** Milliseconds until something may be fetched; 0 for now. */
    long waitMillis() {
        if (Double.isInfinite(bytesPerSecond)) {
            return 0;
        }
        long now = nanoTime.getAsLong();
        tokens = Math.min(bytesPerSecond * BURST_SECONDS, tokens + (now - countedAt) / NANOS * bytesPerSecond);
        countedAt = now;
        return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / bytesPerSecond * 1000);
    }
}
