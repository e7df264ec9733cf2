package io.kraftlift.replicator;

import io.kraftlift.access.wire.FetchedRecords;
import io.kraftlift.access.wire.RawFetcher;
import io.kraftlift.access.wire.SourceBatches;
import io.kraftlift.access.wire.WireClient;
import io.kraftlift.core.config.ByteSize;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.lanes.DesiredState;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.lanes.TopicEnd;
import io.kraftlift.core.offsets.SourceRun;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicId;
import io.kraftlift.core.topics.TopicName;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.jspecify.annotations.Nullable;

/** The thread that reads the source and decides what becomes of each batch. */
final class Fetching implements RawFetcher.Sink, SourceWatch.Listener {
    private static final int PARTITION_BYTES = 2 << 20;
    private static final int LEAST_FETCH_BYTES = 64 << 10;

    /** A limited fetch brings at most a tenth of a second's allowance. */
    private static final int FETCHES_PER_SECOND = 10;

    /**
     * Between two fetches of a tail. A fetch costs both sides a look at every partition, and a trickle of records would
     * have one follow the other without a pause; a segment waits four times as long for more.
     */
    private static final long TAIL_PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long POLL_MILLIS = 100;
    private static final long PAUSE_MILLIS = 5;

    private final LaneWork work;
    private final RunControl control;
    private final Budget budget;
    private final BlockingQueue<Fetched> out;
    private final long[] next;
    private final AtomicLongArray sourceEnds;
    private final BitSet outOfRange = new BitSet();
    private final BitSet window = new BitSet();
    private final RateLimit rate;
    private final SourceWatch watch;
    private @Nullable WireClient client;
    private int leadersVersion = -1;
    private Goal goal;
    private int nextToAdmit;
    private long fetchedAt = System.nanoTime() - TAIL_PACE_NANOS;

    /** A thread's work that begins at the given positions. */
    Fetching(LaneWork work, RunControl control, Budget budget, BlockingQueue<Fetched> out, LaneStart.Opened opened) {
        PartitionPosition[] from = opened.positions();
        this.work = work;
        this.control = control;
        this.budget = budget;
        this.out = out;
        this.goal = control.goal();
        this.next = new long[from.length];
        this.sourceEnds = new AtomicLongArray(from.length);
        for (int slot = 0; slot < next.length; slot++) {
            next[slot] = from[slot].sourceNext();
            long planned = work.plan().partitions().get(slot).seedUntil().value();
            sourceEnds.set(slot, opened.ended().get(slot) ? next[slot] : Math.max(planned, next[slot]));
        }
        this.watch = new SourceWatch(work, opened.ended(), this, System::nanoTime);
        this.rate = new RateLimit(bytesPerSecond(), System::nanoTime);
    }

    private double bytesPerSecond() {
        ByteSize limit = work.config().seed().maxBytesPerSecond();
        if (limit == null || work.mode() != ReplicationMode.SEED) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.max(1.0, (double) limit.bytes() / work.config().seed().workers());
    }

    private int fetchBytes() {
        double fair = bytesPerSecond() / FETCHES_PER_SECOND;
        return (int) Math.max(LEAST_FETCH_BYTES, Math.min(work.settings().fetchBytes(), fair));
    }

    /** The source's end of a partition as last heard. For any thread. */
    long sourceEnd(int slot) {
        return sourceEnds.get(slot);
    }

    /** Fetches until the goal is STOP, or until a seed has everything. */
    void run() {
        try (ClusterLogs logs = new ClusterLogs("source", work.config().source());
                WireClient leaders =
                        WireClient.open(work.config().source(), "source", work.partitionIds(), 2, watch.begin(logs))) {
            client = leaders;
            RawFetcher fetcher = new RawFetcher(
                    leaders,
                    new RawFetcher.Limits(
                            IsolationLevel.READ_COMMITTED, fetchBytes(), Math.min(PARTITION_BYTES, fetchBytes())),
                    this);
            while (!over()) {
                if (watch.look()) {
                    leaders.refreshLeaders();
                }
                compareTopics(leaders);
                long pause = budget.exhausted() ? PAUSE_MILLIS : Math.max(rate.waitMillis(), restMillis());
                if (pause > 0) {
                    leaders.poll(Math.min(pause, POLL_MILLIS));
                } else {
                    fetchedAt = System.nanoTime();
                    fetcher.send();
                    leaders.poll(fetcher.waiting() ? POLL_MILLIS : PAUSE_MILLIS);
                }
                for (int slot : outOfRange.stream().filter(watch::trusts).toArray()) {
                    skipWhatIsGone(slot, logs);
                }
            }
        } catch (CorruptRecordException e) {
            throw new InvariantBroken(
                    FailureName.OBJECT_DAMAGED, "a record batch of the source is damaged: " + e.getMessage(), e);
        }
        if (!control.failed()) {
            out.add(new Fetched.End());
        }
    }

    private long restMillis() {
        long left = TAIL_PACE_NANOS - (System.nanoTime() - fetchedAt);
        return work.mode() == ReplicationMode.SEED ? 0 : Math.max(0, TimeUnit.NANOSECONDS.toMillis(left + 999_999));
    }

    private boolean over() {
        goal = control.goal();
        if (control.failed() || goal.state() == DesiredState.STOP) {
            return true;
        }
        return control.reopening() || (work.mode() == ReplicationMode.SEED && !admitMore());
    }

    /** Keeps as many unfinished partitions in the window as may be fetched side by side; false when none is left. */
    private boolean admitMore() {
        for (int slot = window.nextSetBit(0); slot >= 0; slot = window.nextSetBit(slot + 1)) {
            if (next[slot] >= goal.ends()[slot] || watch.isOver(slot)) {
                window.clear(slot);
            }
        }
        int most = work.config().seed().maxConcurrentPartitions();
        while (nextToAdmit < next.length && window.cardinality() < most) {
            if (next[nextToAdmit] < goal.ends()[nextToAdmit] && !watch.isOver(nextToAdmit)) {
                window.set(nextToAdmit);
            }
            nextToAdmit++;
        }
        return !window.isEmpty();
    }

    @Override
    public long wanted(int slot) {
        boolean admitted = work.mode() != ReplicationMode.SEED || window.get(slot);
        return admitted && watch.trusts(slot) && next[slot] < goal.ends()[slot] && !budget.exhausted(slot)
                ? next[slot]
                : -1;
    }

    @Override
    public void fetched(int slot, FetchedRecords records) {
        if (!watch.trusts(slot)) {
            return; // it was asked for before the doubt
        }
        sourceEnds.set(slot, Math.max(records.end(), next[slot]));
        rate.spend(records.bytes().remaining());
        next[slot] = SourceBatches.walk(records, next[slot], goal.ends()[slot], new SourceBatches.Visitor() {
            @Override
            public void pass(ByteBuffer batch, SourceRun run) {
                budget.fetched(slot, batch.remaining());
                out.add(new Fetched.Passed(slot, batch, run));
            }

            @Override
            public void rebuilt(ByteBuffer batch, List<SourceRun> runs, long sourceNext) {
                budget.fetched(slot, batch.remaining());
                out.add(new Fetched.Rebuilt(slot, batch, runs, sourceNext));
            }

            @Override
            public void advance(long sourceNext) {
                out.add(new Fetched.Advanced(slot, sourceNext));
            }
        });
    }

    @Override
    public void nothingUntil(int slot, long end) {
        long to = Math.min(end, goal.ends()[slot]);
        if (to > next[slot] && watch.trusts(slot)) {
            next[slot] = to;
            out.add(new Fetched.Advanced(slot, to));
        }
    }

    @Override
    public void outOfRange(int slot) {
        outOfRange.set(slot);
        watch.doubt(slot);
    }

    @Override
    public void unknown(int slot) {
        watch.doubt(slot);
    }

    /** A fetch names its topic by the id that the metadata showed last: it must not be that of another topic. */
    private void compareTopics(WireClient shown) {
        if (shown.leadersVersion() == leadersVersion) {
            return;
        }
        leadersVersion = shown.leadersVersion();
        for (int slot = 0; slot < next.length; slot++) {
            Uuid id = shown.topicId(slot);
            watch.shown(slot, id.equals(Uuid.ZERO_UUID) ? null : new TopicId(id.toString()));
        }
    }

    @Override
    public void trusted(TopicName topic) {
        if (client != null) {
            client.takeIn(topic);
        }
    }

    @Override
    public void over(int slot, TopicEnd why) {
        outOfRange.clear(slot);
        sourceEnds.set(slot, next[slot]);
        out.add(new Fetched.Over(slot, why));
        if (client != null) {
            client.leaveOut(work.partitionIds().get(slot).topic());
        }
    }

    /** Records that retention removed before they were fetched become a recorded gap. */
    private void skipWhatIsGone(int slot, ClusterLogs logs) {
        outOfRange.clear(slot);
        PartitionId partition = work.partitionIds().get(slot);
        long start = logs.start(partition);
        if (start > next[slot]) {
            long to = Math.min(start, goal.ends()[slot]);
            if (to > next[slot]) { // else the goal changed since it was asked for, and it is not wanted any more
                out.add(new Fetched.Gone(slot, next[slot], to - 1));
                next[slot] = to;
            }
            return;
        }
        long end = logs.end(partition);
        if (end < next[slot]) {
            throw new InvariantBroken(
                    FailureName.LOG_TRUNCATED,
                    partition + " on the source ends at " + end + ", but it was already read up to " + next[slot]
                            + ": the topic was made anew, or its leader lost data");
        }
    }
}
