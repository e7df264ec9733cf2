package io.kraftlift.core.lanes;

import java.util.List;

/** Every lane of a migration, {@code plan/lanes.json}. Written once: the lanes' logs depend on it. */
public record LanePlans(List<LanePlan> lanes) {
    public LanePlans {
        lanes = List.copyOf(lanes);
    }
}
