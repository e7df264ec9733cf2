package io.kraftlift.core.cutover;

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
    /** From the call of the freeze to READY_FOR_CLIENT_SWITCH, in milliseconds; its parts add up to it. */
    public long frozenMillis() {
        return readyAt.toEpochMilli() - freezeRequestedAt.toEpochMilli();
    }
}
