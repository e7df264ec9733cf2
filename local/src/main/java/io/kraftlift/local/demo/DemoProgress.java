package io.kraftlift.local.demo;

import io.kraftlift.core.lanes.LaneStatus;
import io.kraftlift.core.migration.Phase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a demo run stands at one moment.
 *
 * @param step what is being done before the migration starts, such as starting brokers; null once it runs
 * @param phases every phase that was reached, in order, with the time it was entered
 * @param lanes the workers' latest statuses
 * @param bytesToCopy bytes on the source's disks when the plan was made; 0 before
 * @param frozenSince when producers were frozen; null unless they are
 */
public record DemoProgress(
        @Nullable String step,
        List<EnteredPhase> phases,
        List<LaneStatus> lanes,
        long bytesToCopy,
        @Nullable Instant frozenSince) {
    public DemoProgress {
        phases = List.copyOf(phases);
        lanes = List.copyOf(lanes);
    }

    /** A phase and when it was entered. */
    public record EnteredPhase(Phase phase, Instant at) {}
}
