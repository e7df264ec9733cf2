package io.kraftlift.local.workload;

/**
 * How much the demo's source holds.
 *
 * @param logicalBytes bytes of keys, values and headers before compression, about; at least 1 MB
 * @param seed what the contents are derived from: equal scales give equal records
 */
public record DemoScale(long logicalBytes, long seed) {
    private static final long SMALLEST = 1_000_000;

    /** Rejects a scale at which not every kind of record fits. */
    public DemoScale {
        if (logicalBytes < SMALLEST) {
            throw new IllegalArgumentException(
                    "demo scale: must be at least " + SMALLEST + " bytes, was " + logicalBytes);
        }
    }

    /** 200 MB. */
    public static DemoScale standard() {
        return new DemoScale(200_000_000, 42);
    }
}
