package io.kraftlift.core.lanes;

import java.util.List;

/** What every lane copies, {@code plan/lanes.json}. */
public record LanePlans(List<LanePlan> lanes) {
    public LanePlans {
        lanes = List.copyOf(lanes);
    }
}
