package io.kraftlift.replicator;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.wire.RangeReader;
import io.kraftlift.access.wire.WireClient;
import io.kraftlift.core.batches.BatchHeader;
import io.kraftlift.core.batches.DigestChain;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.LaneDigest;
import io.kraftlift.core.lanes.PartitionDigest;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.segments.SegmentEntry;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.topics.PartitionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads every partition of a lane on the target once, up to what the checkpoint says, and compares it with what was
 * copied: number of records, bytes, and the digest chain over all batches. Nothing is decompressed.
 */
final class LaneVerification {
    private static final double NANOS_PER_SECOND = 1e9;

    private final LaneWork work;
    private final List<PartitionId> partitions;

    LaneVerification(LaneWork work) {
        this.work = work;
        this.partitions = work.partitionIds();
    }

    /** Compares, and writes the result. */
    void run() {
        long begun = System.nanoTime();
        Checkpoint checkpoint = new CheckpointObject(work).read();
        Found[] found = new Found[partitions.size()];
        long[] from = new long[found.length];
        long[] until = new long[found.length];
        for (int slot = 0; slot < found.length; slot++) {
            found[slot] = new Found();
            PartitionProgress progress = checkpoint.partitions().get(partitions.get(slot));
            if (progress != null) {
                until[slot] = progress.targetNext().value();
                from[slot] = until[slot] - progress.records();
            }
        }
        try (WireClient client = WireClient.open(work.config().target(), "target-digest", partitions, 1)) {
            new RangeReader(client, from, until).read((slot, batch) -> found[slot].add(batch));
        }
        List<PartitionDigest> digests = new ArrayList<>();
        for (int slot = 0; slot < found.length; slot++) {
            PartitionProgress progress = checkpoint.partitions().get(partitions.get(slot));
            if (progress != null) {
                digests.add(digest(slot, progress, found[slot], null));
            }
        }
        LaneDigest digest = new LaneDigest(
                work.plan().lane(),
                checkpoint.segment(),
                (System.nanoTime() - begun) / NANOS_PER_SECOND,
                located(digests, checkpoint));
        ObjectKey result = work.objects().laneResult(work.mode(), work.plan().lane());
        new StoreAttempts(work.surroundings()).run(() -> {
            work.store().put(result, ByteBuffer.wrap(Documents.write(digest)));
            return true;
        });
    }

    private PartitionDigest digest(
            int slot, PartitionProgress progress, Found found, @Nullable TargetOffset difference) {
        long until = progress.targetNext().value();
        return new PartitionDigest(
                partitions.get(slot),
                TargetOffset.of(until - progress.records()),
                progress.targetNext(),
                progress.records(),
                found.records,
                progress.bytes(),
                found.bytes,
                progress.digest(),
                found.chain.value(),
                found.firstDamaged >= 0 ? TargetOffset.of(found.firstDamaged) : difference);
    }

    /** For partitions that differ, finds where, by comparing with the segments batch by batch. */
    private List<PartitionDigest> located(List<PartitionDigest> digests, Checkpoint checkpoint) {
        List<PartitionDigest> located = new ArrayList<>();
        for (PartitionDigest digest : digests) {
            located.add(digest.matches() || digest.firstDifference() != null ? digest : locate(digest, checkpoint));
        }
        return located;
    }

    private PartitionDigest locate(PartitionDigest digest, Checkpoint checkpoint) {
        PartitionId partition = digest.partition();
        NavigableMap<Long, Integer> expected =
                expectedChecksums(partition, digest.from().value(), checkpoint);
        long[] difference = {-1};
        try (WireClient client = WireClient.open(work.config().target(), "target-digest", List.of(partition), 1)) {
            long[] from = {digest.from().value()};
            long[] until = {digest.until().value()};
            new RangeReader(client, from, until).read((slot, batch) -> {
                long base = BatchHeader.baseOffset(batch, 0);
                Integer checksum = expected.remove(base);
                boolean same = checksum != null && checksum == BatchHeader.checksum(batch, 0);
                if (!same && difference[0] < 0) {
                    difference[0] = base;
                }
            });
        }
        long first = difference[0] >= 0
                ? difference[0]
                : expected.isEmpty() ? digest.from().value() : expected.firstKey();
        return new PartitionDigest(
                partition,
                digest.from(),
                digest.until(),
                digest.recordsExpected(),
                digest.recordsFound(),
                digest.bytesExpected(),
                digest.bytesFound(),
                digest.digestExpected(),
                digest.digestFound(),
                TargetOffset.of(first));
    }

    /** By target offset, the checksum of each batch of a partition as the segments have it. */
    private NavigableMap<Long, Integer> expectedChecksums(PartitionId partition, long from, Checkpoint checkpoint) {
        NavigableMap<Long, Integer> checksums = new TreeMap<>();
        SegmentLog log = new SegmentLog(work);
        long next = from;
        for (long number = 0; number <= checkpoint.segment(); number++) {
            for (SegmentEntry entry : log.read(number).entries()) {
                if (entry instanceof SegmentEntry.Batch batch
                        && batch.partition().equals(partition)) {
                    checksums.put(next, BatchHeader.checksum(batch.bytes(), 0));
                    next += BatchHeader.count(batch.bytes(), 0);
                }
            }
        }
        return checksums;
    }

    /** What was read of one partition. */
    private static final class Found {
        private final DigestChain chain = new DigestChain(DigestChain.START);
        private long records;
        private long bytes;
        private long firstDamaged = -1;

        void add(ByteBuffer batch) {
            if (!BatchHeader.checksumHolds(batch, 0) && firstDamaged < 0) {
                firstDamaged = BatchHeader.baseOffset(batch, 0);
            }
            chain.append(batch, 0);
            records += BatchHeader.count(batch, 0);
            bytes += batch.remaining();
        }
    }
}
