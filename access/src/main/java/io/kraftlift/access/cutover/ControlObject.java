package io.kraftlift.access.cutover;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.lanes.DesiredState;
import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Tells the tail's workers what to do, through {@code control/desired.json}. Asking twice for the same does no harm. */
final class ControlObject {
    private final MigrationRun run;

    ControlObject(MigrationRun run) {
        this.run = run;
    }

    LaneControl runOn() {
        return change(present -> present.state() == DesiredState.RUN ? present : present.run());
    }

    LaneControl drain(Map<PartitionId, SourceOffset> ends) {
        return change(present ->
                present.state() == DesiredState.DRAIN && present.ends().equals(ends) ? present : present.drain(ends));
    }

    LaneControl stop() {
        return change(present -> present.state() == DesiredState.STOP ? present : present.stop());
    }

    private LaneControl change(UnaryOperator<LaneControl> change) {
        return ObjectChange.apply(
                run,
                run.objects().control(),
                LaneControl.class,
                present -> Optional.of(change.apply(present.orElseGet(LaneControl::first))));
    }
}
