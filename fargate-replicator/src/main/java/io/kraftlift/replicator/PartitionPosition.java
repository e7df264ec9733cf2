package io.kraftlift.replicator;

import io.kraftlift.core.batches.BatchHeader;
import io.kraftlift.core.batches.DigestChain;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import java.nio.ByteBuffer;

/**
 * Where the writing of a partition's segments stands: what its next batch is numbered, and the digest so far.
 *
 * <p>Mutable, confined to one thread at a time.
 */
final class PartitionPosition {
    private final PartitionId partition;
    private final long sourceStart;
    private final long targetStart;
    private final DigestChain digest;
    private long sourceNext;
    private long records;
    private long bytes;

    private PartitionPosition(
            PartitionId partition, long sourceStart, TargetOffset targetStart, PartitionProgress progress) {
        this.partition = partition;
        this.sourceStart = sourceStart;
        this.targetStart = targetStart.value();
        this.digest = new DigestChain(progress.digest());
        this.sourceNext = progress.sourceNext().value();
        this.records = progress.records();
        this.bytes = progress.bytes();
    }

    /** A partition of which nothing has been copied. */
    static PartitionPosition first(PartitionId partition, SourceOffset sourceStart, TargetOffset targetStart) {
        return new PartitionPosition(
                partition,
                sourceStart.value(),
                targetStart,
                new PartitionProgress(sourceStart, targetStart, 0, 0, DigestChain.START));
    }

    /** A partition as its last segment left it. */
    static PartitionPosition resumed(PartitionId partition, SourceOffset sourceStart, PartitionProgress progress) {
        TargetOffset targetStart = TargetOffset.of(progress.targetNext().value() - progress.records());
        return new PartitionPosition(partition, sourceStart.value(), targetStart, progress);
    }

    PartitionId partition() {
        return partition;
    }

    SourceOffset sourceStart() {
        return SourceOffset.of(sourceStart);
    }

    TargetOffset targetStart() {
        return TargetOffset.of(targetStart);
    }

    long sourceNext() {
        return sourceNext;
    }

    long records() {
        return records;
    }

    long targetNext() {
        return targetStart + records;
    }

    void copied(ByteBuffer buffer, int at, long next) {
        digest.append(buffer, at);
        records += BatchHeader.count(buffer, at);
        bytes += BatchHeader.size(buffer, at);
        sourceNext = next;
    }

    void advanced(long next) {
        sourceNext = next;
    }

    PartitionProgress progress() {
        return new PartitionProgress(
                SourceOffset.of(sourceNext), TargetOffset.of(targetNext()), records, bytes, digest.value());
    }
}
