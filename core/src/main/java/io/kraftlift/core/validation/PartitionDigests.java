package io.kraftlift.core.validation;

import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import org.jspecify.annotations.Nullable;

/**
 * What copying a partition's records gave, against what one read of the target gave.
 *
 * @param firstDifference where the target's records first differ; null when unknown or when nothing differs
 */
public record PartitionDigests(
        PartitionId partition,
        Side copied,
        Side found,
        @Nullable TargetOffset firstDifference) {
    /**
     * One way of counting.
     *
     * @param bytes bytes of record batches
     */
    public record Side(long records, long bytes, Sha256 digest) {}
}
