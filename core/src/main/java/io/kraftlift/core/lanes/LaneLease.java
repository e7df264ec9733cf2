package io.kraftlift.core.lanes;

import java.time.Instant;
import java.util.UUID;

/**
 * Who works on a lane, {@code leases/lane-<lane>.json}. It saves two workers the trouble of colliding; that nothing is
 * lost or doubled when they do is kept by the invariants, never by the lease.
 *
 * @param owner the writer id of one run of a worker
 * @param expires from when on anybody may take it
 */
public record LaneLease(LaneId lane, UUID owner, Instant expires) {}
