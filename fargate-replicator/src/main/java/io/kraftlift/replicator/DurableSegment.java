package io.kraftlift.replicator;

import io.kraftlift.core.lanes.PartitionProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A segment that is in the store and whose batches may therefore be sent (invariant A).
 *
 * <p>The number of batches that are not yet on the target is confined to the sending thread.
 */
final class DurableSegment {
    private final long number;
    private final List<Step> steps;
    private final Map<Integer, PartitionProgress> after;
    private final byte @Nullable [] memory;
    private final long batchBytes;
    private int outstanding;

    /**
     * A segment of which nothing was sent.
     *
     * @param after by slot, where its partitions stand after it
     */
    DurableSegment(long number, List<Step> steps, Map<Integer, PartitionProgress> after) {
        this(number, steps, after, null);
    }

    /** One whose batches lie in memory of {@link SegmentMemory}, which is given back once they have landed. */
    DurableSegment(long number, List<Step> steps, Map<Integer, PartitionProgress> after, byte @Nullable [] memory) {
        this.number = number;
        this.steps = List.copyOf(steps);
        this.after = Map.copyOf(after);
        this.memory = memory;
        List<Step.Send> sends = sends();
        this.outstanding = sends.size();
        this.batchBytes =
                sends.stream().mapToLong(send -> send.bytes().remaining()).sum();
    }

    long number() {
        return number;
    }

    List<Step> steps() {
        return steps;
    }

    Map<Integer, PartitionProgress> after() {
        return after;
    }

    byte @Nullable [] memory() {
        return memory;
    }

    long batchBytes() {
        return batchBytes;
    }

    List<Step.Send> sends() {
        List<Step.Send> sends = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.Send send) {
                sends.add(send);
            }
        }
        return sends;
    }

    void oneLanded() {
        outstanding--;
    }

    boolean landed() {
        return outstanding == 0;
    }
}
