package io.kraftlift.access.wire;

import io.kraftlift.core.batches.BatchHeader;
import io.kraftlift.core.batches.SmallBatches;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.SourceRun;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * Decides for every batch of a fetch what becomes of it. Control batches end a transaction and are not forwarded; batches
 * of aborted transactions are dropped whole; a batch with holes, of an old format, with append times, or that straddles a
 * bound is rebuilt from its records; small uncompressed ones that follow each other are joined; any other goes through as
 * it is. Every batch moves the position.
 */
public final class SourceBatches {
    private static final byte MAGIC_2 = 2;

    /** So much of small batches is joined at a time: with deltas that take more bytes it is still below the limit. */
    private static final int SMALL_TOGETHER = SmallBatches.JOINED_BYTES * 3 / 4;

    /** What becomes of the batches, in order. */
    public interface Visitor {
        /**
         * A batch to copy as it is; its checksum is not yet checked.
         *
         * @param batch position and limit are its own; the bytes belong to the fetch
         */
        void pass(ByteBuffer batch, SourceRun run);

        /** A batch made of the surviving records of one of the source, or of all records of several small ones. */
        void rebuilt(ByteBuffer batch, List<SourceRun> runs, long sourceNext);

        /** Nothing to copy up to {@code sourceNext}. */
        void advance(long sourceNext);
    }

    private final Queue<FetchedRecords.AbortedTransaction> aborted;
    private final Set<Long> abortedProducers = new HashSet<>();
    private final Visitor visitor;
    private final long end;
    private final List<ByteBuffer> small = new ArrayList<>();
    private int smallBytes;
    private long next;

    private SourceBatches(FetchedRecords records, long next, long end, Visitor visitor) {
        this.aborted = new ArrayDeque<>(records.aborted().stream()
                .sorted(Comparator.comparingLong(FetchedRecords.AbortedTransaction::firstOffset))
                .toList());
        this.next = next;
        this.end = end;
        this.visitor = visitor;
    }

    /**
     * Walks over what was fetched.
     *
     * @param next the first source offset that is wanted
     * @param end the source offset, exclusive, beyond which nothing is to be copied
     * @return the next source offset to fetch, at most {@code end}
     */
    public static long walk(FetchedRecords records, long next, long end, Visitor visitor) {
        return new SourceBatches(records, next, end, visitor).walk(records.bytes());
    }

    private long walk(ByteBuffer bytes) {
        long told = next;
        int at = bytes.position();
        while (next < end && bytes.limit() - at >= BatchHeader.PREFIX_SIZE) {
            int size = BatchHeader.size(bytes, at);
            if (size < BatchHeader.PREFIX_SIZE || bytes.limit() - at < size) {
                break;
            }
            ByteBuffer batch = bytes.slice(at, size);
            at += size;
            if (BatchHeader.magic(batch, 0) < MAGIC_2) {
                told = old(batch) ? next : told;
            } else {
                told = current(batch) ? next : told;
            }
        }
        handOnSmall();
        if (told != next) {
            visitor.advance(next);
        }
        return next;
    }

    private void keepSmall(ByteBuffer batch) {
        if (smallBytes + batch.remaining() > SMALL_TOGETHER) {
            handOnSmall();
        }
        small.add(batch);
        smallBytes += batch.remaining();
    }

    /** Hands on the small batches that were kept, as one where they are several. */
    private void handOnSmall() {
        Optional<ByteBuffer> joined = small.size() < 2 ? Optional.empty() : join();
        if (joined.isPresent()) {
            List<SourceRun> runs = new ArrayList<>();
            small.forEach(batch -> addRun(runs, runOf(batch)));
            visitor.rebuilt(joined.get(), runs, runs.get(runs.size() - 1).end());
        } else {
            small.forEach(batch -> visitor.pass(batch, runOf(batch)));
        }
        small.clear();
        smallBytes = 0;
    }

    private Optional<ByteBuffer> join() {
        for (ByteBuffer batch : small) {
            if (!BatchHeader.checksumHolds(batch, 0)) {
                throw new CorruptRecordException(
                        "the batch at offset " + BatchHeader.baseOffset(batch, 0) + " has a wrong checksum");
            }
        }
        return SmallBatches.join(small);
    }

    private static SourceRun runOf(ByteBuffer batch) {
        return new SourceRun(SourceOffset.of(BatchHeader.baseOffset(batch, 0)), BatchHeader.count(batch, 0));
    }

    private static void addRun(List<SourceRun> runs, SourceRun run) {
        int last = runs.size() - 1;
        if (last >= 0 && runs.get(last).end() == run.first().value()) {
            SourceRun before = runs.get(last);
            runs.set(last, new SourceRun(before.first(), before.count() + run.count()));
        } else {
            runs.add(run);
        }
    }

    /** Takes in a batch of magic 2; returns whether it was handed on. */
    private boolean current(ByteBuffer batch) {
        long base = BatchHeader.baseOffset(batch, 0);
        long last = BatchHeader.lastOffset(batch, 0);
        if (last < next) {
            return false;
        }
        if (base >= end) {
            next = end;
            return false;
        }
        while (!aborted.isEmpty() && aborted.element().firstOffset() <= last) {
            abortedProducers.add(aborted.remove().producerId());
        }
        long from = next;
        next = Math.min(end, last + 1);
        int count = BatchHeader.count(batch, 0);
        if (BatchHeader.isControl(batch, 0)) {
            if (count > 0 && endsAnAbort(batch)) {
                abortedProducers.remove(BatchHeader.producerId(batch, 0));
            }
            return false;
        }
        boolean dropped =
                BatchHeader.isTransactional(batch, 0) && abortedProducers.contains(BatchHeader.producerId(batch, 0));
        if (dropped || count == 0) {
            return false;
        }
        boolean whole = base >= from && last < end;
        boolean dense = count == BatchHeader.lastOffsetDelta(batch, 0) + 1;
        if (whole && dense && SmallBatches.isSmall(batch, 0)) {
            keepSmall(batch);
            return true;
        }
        handOnSmall();
        if (whole && dense && !BatchHeader.isLogAppendTime(batch, 0)) {
            visitor.pass(batch, runOf(batch));
            return true;
        }
        return rebuild(batch, from);
    }

    /** Takes in a batch of magic 0 or 1; returns whether it was handed on. */
    private boolean old(ByteBuffer batch) {
        RecordBatch records = batchOf(batch);
        long last = records.lastOffset();
        if (last < next) {
            return false;
        }
        long from = next;
        next = Math.min(end, last + 1);
        handOnSmall();
        return rebuild(batch, from);
    }

    private boolean rebuild(ByteBuffer batch, long from) {
        return BatchRebuilder.rebuild(batchOf(batch), from, end)
                .map(rebuilt -> {
                    visitor.rebuilt(rebuilt.bytes(), rebuilt.runs(), next);
                    return true;
                })
                .orElse(false);
    }

    private static boolean endsAnAbort(ByteBuffer batch) {
        Record marker = batchOf(batch).iterator().next();
        return ControlRecordType.parse(marker.key()) == ControlRecordType.ABORT;
    }

    private static RecordBatch batchOf(ByteBuffer batch) {
        return MemoryRecords.readableRecords(batch.duplicate())
                .batches()
                .iterator()
                .next();
    }
}
