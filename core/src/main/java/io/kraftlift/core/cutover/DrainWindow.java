package io.kraftlift.core.cutover;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Since when the tail has been caught up, {@code results/drain-window.json}.
 *
 * @param lastLookAt null before the first look
 * @param caughtUpSince null while it is not caught up
 */
public record DrainWindow(
        @Nullable Instant lastLookAt, @Nullable Instant caughtUpSince) {
    /** Looks come every few seconds; after a longer pause nobody knows what the lag was meanwhile. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    /** Before the first look. */
    public static DrainWindow empty() {
        return new DrainWindow(null, null);
    }

    /** The window after a look. */
    public DrainWindow after(Instant now, boolean caughtUp) {
        if (!caughtUp) {
            return new DrainWindow(now, null);
        }
        boolean unbroken = lastLookAt != null && !lastLookAt.plus(LONGEST_PAUSE).isBefore(now);
        return new DrainWindow(now, caughtUpSince != null && unbroken ? caughtUpSince : now);
    }

    /** Whether the tail was caught up at every look for at least {@code window}. */
    public boolean isStable(Duration window) {
        return caughtUpSince != null && lastLookAt != null && !lastLookAt.isBefore(caughtUpSince.plus(window));
    }
}
