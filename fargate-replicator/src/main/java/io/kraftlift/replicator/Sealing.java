package io.kraftlift.replicator;

import io.kraftlift.core.batches.BatchHeader;
import io.kraftlift.core.batches.ProducerIdentity;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.lanes.DesiredState;
import io.kraftlift.core.lanes.Ended;
import io.kraftlift.core.lanes.Gap;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.SourceRun;
import io.kraftlift.core.segments.SegmentHeader;
import io.kraftlift.core.segments.SegmentWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The thread that gathers batches into segments. A segment that waits for more bytes is sealed after a linger, unless the
 * one before it is not durable yet: a slow store gets larger segments, not more of them.
 */
final class Sealing {
    private static final long POLL_MILLIS = 50;

    /** How often a segment that is due looks whether the one before it is durable. */
    private static final long STORE_POLL_MILLIS = 1;

    /** How much longer than its linger a segment waits for what is already fetched. */
    private static final long OVERDUE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LaneWork work;
    private final RunControl control;
    private final Memory memory;
    private final BlockingQueue<Fetched> in;
    private final Storing storing;
    private final PartitionPosition[] positions;
    private final ProducerIdentity producer;
    private final AtomicLong passed = new AtomicLong();
    private final AtomicLong rebuilt = new AtomicLong();
    private long number;
    private @Nullable SegmentWriter writer;
    /** Of the next segment. */
    private byte @Nullable [] block;

    private final List<Draft> drafts = new ArrayList<>();
    private final List<Integer> touched = new ArrayList<>();
    private final int[] locals;
    private long begunAt;

    /** What the thread has to do with others. */
    record Links(RunControl control, BlockingQueue<Fetched> in, Storing out) {}

    /** A step whose bytes are still in a buffer that may move. */
    private interface Draft {
        Step step(ByteBuffer content);
    }

    Sealing(LaneWork work, Links links, Memory memory, LaneStart.Opened opened) {
        this.work = work;
        this.control = links.control();
        this.memory = memory;
        this.in = links.in();
        this.storing = links.out();
        this.positions = opened.positions();
        this.producer = opened.producer();
        this.number = opened.nextNumber();
        this.locals = new int[positions.length];
        Arrays.fill(locals, -1);
    }

    /** Batches that went through as they were. For any thread. */
    long passed() {
        return passed.get();
    }

    /** Batches that were made anew. For any thread. */
    long rebuilt() {
        return rebuilt.get();
    }

    /** Seals segments until the fetching has ended. */
    void run() throws InterruptedException {
        Fetched next = null;
        while (!control.failed()) {
            if (writer == null && !haveBlock()) {
                continue;
            }
            if (next == null) {
                next = in.poll(waitMillis(), TimeUnit.MILLISECONDS);
            }
            if (next instanceof Fetched.End) {
                seal();
                return;
            }
            if (next != null && writer != null && !fits(next, writer)) {
                seal();
                continue;
            }
            if (next != null) {
                add(next);
                next = null;
            }
            if (writer != null && (writer.size() >= segmentMaxBytes() || lingered())) {
                seal();
            }
        }
    }

    /** Whether there is memory for the next segment; waits for it a little. */
    private boolean haveBlock() throws InterruptedException {
        if (block == null) {
            block = memory.segments().take(POLL_MILLIS);
        }
        return block != null;
    }

    private boolean fits(Fetched fetched, SegmentWriter segment) {
        long bytes = 0;
        if (fetched instanceof Fetched.Passed pass) {
            bytes = SegmentWriter.batchEntryBytes(1, pass.batch().remaining());
        } else if (fetched instanceof Fetched.Rebuilt made) {
            bytes = SegmentWriter.batchEntryBytes(
                    made.runs().size(), made.batch().remaining());
        }
        return segment.size() + bytes <= segmentMaxBytes();
    }

    private long segmentMaxBytes() {
        return work.config().seed().segmentMaxBytes().bytes();
    }

    private boolean lingered() {
        long waited = System.nanoTime() - begunAt;
        return waited >= linger().toNanos()
                && storing.idle()
                && (in.isEmpty() || waited >= linger().toNanos() + OVERDUE_NANOS);
    }

    private long waitMillis() {
        if (writer == null) {
            return POLL_MILLIS;
        }
        long left = linger().toNanos() - (System.nanoTime() - begunAt);
        long least = storing.idle() ? 0 : STORE_POLL_MILLIS;
        return Math.max(least, Math.min(POLL_MILLIS, TimeUnit.NANOSECONDS.toMillis(left + 999_999)));
    }

    private Duration linger() {
        if (work.mode() == ReplicationMode.SEED) {
            return work.settings().seedLinger();
        }
        return control.goal().state() == DesiredState.RUN ? work.settings().tailLinger() : Duration.ZERO;
    }

    private void add(Fetched fetched) {
        if (fetched instanceof Fetched.Passed pass) {
            ByteBuffer batch = pass.batch();
            if (!BatchHeader.checksumHolds(batch, 0)) {
                throw new InvariantBroken(
                        FailureName.OBJECT_DAMAGED,
                        positions[pass.slot()].partition() + " on the source: the record batch at "
                                + pass.run().first() + " has a wrong checksum; nothing of it was copied");
            }
            batch(pass.slot(), batch, List.of(pass.run()), pass.run().end());
            passed.incrementAndGet();
        } else if (fetched instanceof Fetched.Rebuilt made) {
            batch(made.slot(), made.batch(), made.runs(), made.sourceNext());
            rebuilt.incrementAndGet();
        } else if (fetched instanceof Fetched.Advanced advanced) {
            begun().advance(localOf(advanced.slot()), advanced.sourceNext());
            positions[advanced.slot()].advanced(advanced.sourceNext());
            Step step = new Step.Advance(advanced.slot(), advanced.sourceNext());
            drafts.add(content -> step);
        } else if (fetched instanceof Fetched.Gone gone) {
            begun().missing(localOf(gone.slot()), gone.first(), gone.last());
            positions[gone.slot()].advanced(gone.last() + 1);
            Step step = new Step.Missing(
                    gone.slot(),
                    new Gap(
                            positions[gone.slot()].partition(),
                            SourceOffset.of(gone.first()),
                            SourceOffset.of(gone.last())));
            drafts.add(content -> step);
        } else if (fetched instanceof Fetched.Over over) {
            begun().ended(localOf(over.slot()), over.why());
            PartitionPosition position = positions[over.slot()];
            Step step = new Step.Over(
                    over.slot(), new Ended(position.partition(), over.why(), SourceOffset.of(position.sourceNext())));
            drafts.add(content -> step);
        }
    }

    private void batch(int slot, ByteBuffer batch, List<SourceRun> runs, long sourceNext) {
        PartitionPosition position = positions[slot];
        SegmentWriter segment = begun();
        int local = localOf(slot);
        int size = batch.remaining();
        int at = segment.batch(local, runs, sourceNext, batch);
        memory.budget().sealed(size);
        BatchHeader.rewrite(segment.buffer(), at, producer, ProducerIdentity.sequenceAfter(position.records()));
        long targetBase = position.targetNext();
        position.copied(segment.buffer(), at, sourceNext);
        int count = BatchHeader.count(segment.buffer(), at);
        drafts.add(content -> new Step.Send(slot, runs, sourceNext, content.slice(at, size), targetBase, count));
    }

    private SegmentWriter begun() {
        if (writer == null) {
            writer = new SegmentWriter(
                    new SegmentHeader(work.plan().lane(), number, work.writer(), producer),
                    Objects.requireNonNull(block));
            block = null;
            begunAt = System.nanoTime();
        }
        return writer;
    }

    private int localOf(int slot) {
        if (locals[slot] < 0) {
            PartitionPosition position = positions[slot];
            locals[slot] = begun().open(position.partition(), position.sourceStart(), position.targetStart());
            touched.add(slot);
        }
        return locals[slot];
    }

    private void seal() throws InterruptedException {
        if (writer == null) {
            return;
        }
        List<PartitionProgress> states = new ArrayList<>(touched.size());
        Map<Integer, PartitionProgress> after = new HashMap<>();
        for (int slot : touched) {
            PartitionProgress state = positions[slot].progress();
            states.add(state);
            after.put(slot, state);
            locals[slot] = -1;
        }
        SegmentMemory.Finished finished = memory.segments().finish(writer.seal(states), writer.memory());
        ByteBuffer content = finished.content();
        storing.accept(new Storing.Sealed(
                content,
                new DurableSegment(
                        number,
                        drafts.stream().map(draft -> draft.step(content)).toList(),
                        after,
                        finished.memory())));
        number++;
        writer = null;
        drafts.clear();
        touched.clear();
    }
}
