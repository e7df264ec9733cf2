package io.kraftlift.core.plan;

import io.kraftlift.core.lanes.LaneId;

/** A lane's share. */
public record PlannedLane(LaneId lane, int partitions, long bytes) {}
