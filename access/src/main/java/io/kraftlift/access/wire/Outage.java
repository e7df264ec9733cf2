package io.kraftlift.access.wire;

/**
 * How long something that is needed has failed without a success in between. Failures that are far apart are not one
 * outage: in between nobody asked.
 *
 * <p>Mutable, confined to one thread.
 */
public final class Outage {
    /** After so many milliseconds without a success the work is given up and tried again from outside. */
    public static final long PATIENCE_MILLIS = 60_000;

    /** Above the 30 s of a request that nobody answers, below the patience. */
    private static final long PAUSE_MILLIS = 40_000;

    private boolean begun;
    private long since;
    private long last;

    /**
     * Notes a failure; returns whether the patience is over.
     *
     * @param now in milliseconds, of a clock that does not go back
     */
    public boolean exhausts(long now) {
        if (!begun || now - last > PAUSE_MILLIS) {
            begun = true;
            since = now;
        }
        last = now;
        return now - since > PATIENCE_MILLIS;
    }

    /** Notes a success. */
    public void end() {
        begun = false;
    }
}
