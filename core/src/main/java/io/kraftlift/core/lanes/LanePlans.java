package io.kraftlift.core.lanes;

import java.util.List;
import java.util.Optional;

/** Every lane of a migration, {@code plan/lanes.json}. */
public record LanePlans(List<LanePlan> lanes) {
    public LanePlans {
        lanes = List.copyOf(lanes);
    }

    public Optional<LanePlan> of(LaneId lane) {
        return lanes.stream().filter(plan -> plan.lane().equals(lane)).findFirst();
    }
}
