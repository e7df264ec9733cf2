package io.kraftlift.replicator;

import io.kraftlift.core.lanes.DesiredState;
import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.offsets.SourceOffset;
import java.util.Arrays;
import java.util.List;

/**
 * What the worker is working towards.
 *
 * @param revision of the control object; 0 where there is none
 * @param ends by slot, the source offset (exclusive) beyond which nothing is copied; Long.MAX_VALUE for none
 */
@SuppressWarnings("ArrayRecordComponent") // one slot per partition on the hot path; never compared, never changed
record Goal(long revision, DesiredState state, long[] ends) {
    /** The goal of a worker that has not yet seen a control object. */
    static Goal first(LaneWork work) {
        long[] ends = new long[work.slots()];
        if (work.mode() == ReplicationMode.SEED) {
            Arrays.setAll(
                    ends, slot -> work.plan().partitions().get(slot).seedUntil().value());
            return new Goal(0, DesiredState.DRAIN, ends);
        }
        Arrays.fill(ends, Long.MAX_VALUE);
        return new Goal(0, DesiredState.RUN, ends);
    }

    /**
     * The goal that the control object gives. A partition that DRAIN does not name is copied no further: it has ended, or
     * joined the plan after DRAIN was said; who waits for the drain knows which.
     */
    static Goal of(LaneControl control, LaneWork work) {
        List<LanePartition> partitions = work.plan().partitions();
        long[] ends = new long[partitions.size()];
        Arrays.fill(ends, Long.MAX_VALUE);
        if (control.state() == DesiredState.DRAIN) {
            for (int slot = 0; slot < ends.length; slot++) {
                SourceOffset end = control.ends().get(partitions.get(slot).partition());
                ends[slot] = end == null ? 0 : end.value();
            }
        }
        return new Goal(control.revision(), control.state(), ends);
    }

    Goal stop() {
        return new Goal(revision, DesiredState.STOP, ends);
    }
}
