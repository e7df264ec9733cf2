package io.kraftlift.replicator;

import io.kraftlift.access.wire.BatchRecords;
import io.kraftlift.core.batches.BatchHeader;
import io.kraftlift.core.lanes.FirstDifference;
import io.kraftlift.core.offsets.SourceRun;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.segments.SegmentEntry;
import io.kraftlift.core.validation.RecordImage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Some batches of a partition as the lane's log has them, against what the target has at their offsets. Batches are taken
 * apart only where they are not alike.
 *
 * <p>Mutable, confined to one thread.
 */
final class BatchComparison {
    private final long base;
    private final List<SegmentEntry.Batch> expected;
    private final List<ByteBuffer> there;
    private long firstOtherBytes = -1;

    /**
     * Compares nothing yet.
     *
     * @param base the target offset of the first expected record
     * @param there the target's batches in order, each from position 0 to its limit
     */
    BatchComparison(long base, List<SegmentEntry.Batch> expected, List<ByteBuffer> there) {
        this.base = base;
        this.expected = List.copyOf(expected);
        this.there = List.copyOf(there);
    }

    /** The first record that differs of the batches from number {@code first} to {@code end}, exclusive; empty when none does. */
    Optional<FirstDifference> firstDifference(int first, int end) {
        long from = base;
        int candidate = 0;
        for (int number = 0; number < end; number++) {
            ByteBuffer wanted = expected.get(number).bytes();
            int count = BatchHeader.count(wanted, wanted.position());
            if (number < first) {
                from += count;
                continue;
            }
            while (candidate < there.size() && BatchHeader.lastOffset(there.get(candidate), 0) < from) {
                candidate++;
            }
            if (candidate == there.size() || !isAt(from, there.get(candidate), wanted)) {
                Optional<FirstDifference> difference = firstRecord(number, from, from + count);
                if (difference.isPresent()) {
                    return difference;
                }
                firstOtherBytes = firstOtherBytes < 0 ? from : firstOtherBytes;
            }
            from += count;
        }
        return Optional.empty();
    }

    /** Where, among those looked at, the first batch begins that has the same records in other bytes. */
    Optional<Long> firstOtherBytes() {
        return firstOtherBytes < 0 ? Optional.empty() : Optional.of(firstOtherBytes);
    }

    private static boolean isAt(long from, ByteBuffer found, ByteBuffer wanted) {
        return BatchHeader.baseOffset(found, 0) == from
                && BatchHeader.checksumHolds(found, 0)
                && BatchHeader.readAlike(wanted, wanted.position(), found, 0);
    }

    /** The first difference in [{@code from}, {@code until}), which are the offsets of the batch with that number. */
    private Optional<FirstDifference> firstRecord(int number, long from, long until) {
        NavigableMap<Long, RecordImage> wanted = new TreeMap<>();
        putAll(wanted, number, from);
        if (number > 0) {
            putAll(wanted, number - 1, from - countOf(number - 1));
        }
        if (number + 1 < expected.size()) {
            putAll(wanted, number + 1, until);
        }
        NavigableMap<Long, RecordImage> found = new TreeMap<>();
        for (ByteBuffer batch : there) {
            if (BatchHeader.lastOffset(batch, 0) >= from && BatchHeader.baseOffset(batch, 0) <= until) {
                if (!BatchHeader.checksumHolds(batch, 0)) {
                    return Optional.of(new FirstDifference(
                            TargetOffset.of(BatchHeader.baseOffset(batch, 0)),
                            "the batch that begins here has a wrong checksum"));
                }
                found.putAll(BatchRecords.of(batch));
            }
        }
        for (long at = from; at < until; at++) {
            if (!RecordPlaces.same(wanted.get(at), found.get(at))) {
                String source = "the record of source offset " + sourceOffset(number, at - from) + " ";
                return Optional.of(new FirstDifference(
                        TargetOffset.of(at), source + new RecordPlaces(wanted, found).described(at)));
            }
        }
        return Optional.empty();
    }

    private void putAll(NavigableMap<Long, RecordImage> into, int number, long from) {
        BatchRecords.of(expected.get(number).bytes()).forEach((delta, image) -> into.put(from + delta, image));
    }

    private int countOf(int number) {
        ByteBuffer batch = expected.get(number).bytes();
        return BatchHeader.count(batch, batch.position());
    }

    private long sourceOffset(int number, long ordinal) {
        long before = 0;
        for (SourceRun run : expected.get(number).runs()) {
            if (ordinal < before + run.count()) {
                return run.first().value() + ordinal - before;
            }
            before += run.count();
        }
        throw new IllegalStateException("a batch has as many source offsets as records");
    }

    /** Records that should be at target offsets, and those that are there. */
    private record RecordPlaces(NavigableMap<Long, RecordImage> wanted, NavigableMap<Long, RecordImage> found) {
        static boolean same(@Nullable RecordImage one, @Nullable RecordImage other) {
            return one != null && one.equals(other);
        }

        /** What became of the record that should be at {@code at}, as far as its neighbours tell. */
        String described(long at) {
            @Nullable RecordImage should = wanted.get(at);
            @Nullable RecordImage is = found.get(at);
            if (should == null || is == null) {
                return "is missing, and nothing is in its place";
            }
            if (same(is, wanted.get(at + 1))) {
                return same(should, found.get(at + 1))
                        ? "has changed places with the one after it"
                        : "is missing; the one after it is in its place";
            }
            if (same(is, wanted.get(at - 1))) {
                return "has the one before it, once more, in its place";
            }
            return "differs in " + new TreeSet<>(should.differences(is));
        }
    }
}
