package io.kraftlift.core.plan;

import io.kraftlift.core.lanes.LanePlans;

/** The outcome of planning. */
public record Planned(MigrationPlan plan, LanePlans lanes) {}
