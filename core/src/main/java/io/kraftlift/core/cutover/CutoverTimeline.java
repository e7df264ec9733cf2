package io.kraftlift.core.cutover;

import java.time.Duration;
import java.time.Instant;

/** The frozen window's instants, in their order. */
public record CutoverTimeline(
        Instant freezeRequestedAt,
        Instant freezeProvenAt,
        Instant sentinelsStartedAt,
        Instant sentinelsPublishedAt,
        Instant drainedAt,
        Instant translationStartedAt,
        Instant translatedAt,
        Instant floorVerifiedAt,
        Instant readyAt) {
    /** From the call of the freeze to READY_FOR_CLIENT_SWITCH, in milliseconds. */
    public long frozenMillis() {
        return Duration.between(freezeRequestedAt, readyAt).toMillis();
    }
}
