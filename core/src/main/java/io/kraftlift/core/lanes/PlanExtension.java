package io.kraftlift.core.lanes;

import io.kraftlift.core.stores.Format;
import java.time.Instant;
import java.util.List;

/**
 * Partitions that came to the source after the plan was made, {@code plan/extensions/<number>.json}. Extensions are dense
 * from 0 and written once. They give partitions to lanes that the plan has; they take none away.
 *
 * @param format 1
 * @param at when it was written
 * @param lanes what each lane gets, none of it empty
 */
@Format(PlanExtension.FORMAT)
public record PlanExtension(int format, long number, Instant at, List<LanePlan> lanes) {
    public static final int FORMAT = 1;

    public PlanExtension {
        if (format != FORMAT) {
            throw new IllegalArgumentException("plan extension: format must be 1, was " + format);
        }
        if (number < 0) {
            throw new IllegalArgumentException("plan extension: number must be 0 or above, was " + number);
        }
        lanes = List.copyOf(lanes);
    }

    /** What a lane gets. */
    public List<LanePartition> of(LaneId lane) {
        return lanes.stream()
                .filter(plan -> plan.lane().equals(lane))
                .flatMap(plan -> plan.partitions().stream())
                .toList();
    }
}
