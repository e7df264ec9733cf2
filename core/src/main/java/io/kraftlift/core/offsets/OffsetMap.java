package io.kraftlift.core.offsets;

import io.kraftlift.core.topics.PartitionId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The exact correspondence of one partition's offsets, for the part of the source log [{@link #copiedFrom()}, {@link
 * #coveredTo()}). Appended in order as records become durable on the target; looked up in O(log n) of its runs. Holds
 * invariant E: it has no answer beyond {@code coveredTo}.
 *
 * <p>Mutable, confined to one thread at a time.
 */
public final class OffsetMap {
    private static final int FIRST_CAPACITY = 4;

    private final PartitionId partition;
    private final SourceOffset copiedFrom;
    private final TargetOffset targetStart;
    private long coveredTo;
    private long targetNext;
    private long[] sources = new long[FIRST_CAPACITY];
    private long[] targets = new long[FIRST_CAPACITY];
    private int runs;

    /**
     * An empty map.
     *
     * @param copiedFrom the source's log start when the copy began
     * @param targetStart the target's log end when the copy began: the first record's offset there
     */
    public OffsetMap(PartitionId partition, SourceOffset copiedFrom, TargetOffset targetStart) {
        this.partition = partition;
        this.copiedFrom = copiedFrom;
        this.targetStart = targetStart;
        this.coveredTo = copiedFrom.value();
        this.targetNext = targetStart.value();
    }

    public PartitionId partition() {
        return partition;
    }

    public SourceOffset copiedFrom() {
        return copiedFrom;
    }

    /** The source offset up to which, exclusive, this map answers. */
    public SourceOffset coveredTo() {
        return SourceOffset.of(coveredTo);
    }

    public TargetOffset targetStart() {
        return targetStart;
    }

    /** The target offset that the next copied record will have. */
    public TargetOffset targetNext() {
        return TargetOffset.of(targetNext);
    }

    public int runCount() {
        return runs;
    }

    /**
     * Adds records that landed on the target right after those already here.
     *
     * @throws IllegalArgumentException when the run starts before {@link #coveredTo()}
     */
    public void append(long source, long count) {
        if (source < coveredTo || count < 1) {
            throw new IllegalArgumentException("offset map of " + partition + ": a run must start at or after "
                    + coveredTo + " and have a record, was " + source + " x " + count);
        }
        boolean continues = runs > 0 && source - targetNext == sources[runs - 1] - targets[runs - 1];
        if (!continues) {
            if (runs == sources.length) {
                sources = Arrays.copyOf(sources, runs * 2);
                targets = Arrays.copyOf(targets, runs * 2);
            }
            sources[runs] = source;
            targets[runs] = targetNext;
            runs++;
        }
        coveredTo = source + count;
        targetNext += count;
    }

    /** Says that the source was seen up to {@code source}, exclusive, without another record to copy. */
    public void advance(long source) {
        if (source < coveredTo) {
            throw new IllegalArgumentException(
                    "offset map of " + partition + ": cannot go back from " + coveredTo + " to " + source);
        }
        coveredTo = source;
    }

    /** The runs in order; a copy. */
    public List<OffsetRun> runs() {
        List<OffsetRun> list = new ArrayList<>(runs);
        for (int i = 0; i < runs; i++) {
            list.add(new OffsetRun(SourceOffset.of(sources[i]), TargetOffset.of(targets[i]), countOf(i)));
        }
        return list;
    }

    /** Where a consumer continues that would next read {@code committed} on the source. */
    public Translation translate(SourceOffset committed) {
        return translate(committed, SourceOffset.of(coveredTo));
    }

    /**
     * Like {@link #translate(SourceOffset)}, believing the map only up to {@code limit} (exclusive), which is what the
     * last checkpoint says is durable.
     */
    public Translation translate(SourceOffset committed, SourceOffset limit) {
        long source = committed.value();
        long end = Math.min(coveredTo, limit.value());
        if (source < copiedFrom.value()) {
            return new Translation.BelowRange(targetStart);
        }
        if (source > end) {
            return new Translation.Unknown(
                    partition + ": " + source + " is beyond " + end + ", up to which the copy is durable");
        }
        if (source == end) {
            return new Translation.EndOfLog(TargetOffset.of(targetAt(end)));
        }
        int at = runAtOrBefore(source);
        if (at >= 0 && source < sources[at] + countOf(at)) {
            return new Translation.Exact(TargetOffset.of(targets[at] + source - sources[at]));
        }
        int next = at + 1;
        if (next < runs && sources[next] < end) {
            return new Translation.NextSurvivor(TargetOffset.of(targets[next]));
        }
        return new Translation.EndOfLog(TargetOffset.of(targetAt(end)));
    }

    /** The number of records copied from below {@code end}, as a target offset. */
    private long targetAt(long end) {
        int at = runAtOrBefore(end - 1);
        if (at < 0) {
            return targetStart.value();
        }
        return targets[at] + Math.min(countOf(at), end - sources[at]);
    }

    private int runAtOrBefore(long source) {
        int found = Arrays.binarySearch(sources, 0, runs, source);
        return found >= 0 ? found : -found - 2;
    }

    private long countOf(int run) {
        return (run + 1 < runs ? targets[run + 1] : targetNext) - targets[run];
    }
}
