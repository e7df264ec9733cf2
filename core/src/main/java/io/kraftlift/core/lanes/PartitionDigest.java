package io.kraftlift.core.lanes;

import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import org.jspecify.annotations.Nullable;

/**
 * What a partition's copy should be, and what one whole read of the target found.
 *
 * @param from first target offset that was read
 * @param until end of what was read, exclusive: the checkpoint's end
 * @param recordsExpected records that the lane copied
 * @param bytesExpected bytes of record batches that the lane copied
 * @param firstDifference what the lane did not write; null when everything is as it should be
 */
public record PartitionDigest(
        PartitionId partition,
        TargetOffset from,
        TargetOffset until,
        long recordsExpected,
        long recordsFound,
        long bytesExpected,
        long bytesFound,
        Sha256 digestExpected,
        Sha256 digestFound,
        @Nullable FirstDifference firstDifference) {
    /** Whether every record is there, in order, byte for byte, and nothing else. */
    public boolean matches() {
        return recordsExpected == recordsFound
                && bytesExpected == bytesFound
                && digestExpected.equals(digestFound)
                && firstDifference == null;
    }

    /** The same with the place of its first difference. */
    public PartitionDigest with(FirstDifference first) {
        return new PartitionDigest(
                partition,
                from,
                until,
                recordsExpected,
                recordsFound,
                bytesExpected,
                bytesFound,
                digestExpected,
                digestFound,
                first);
    }
}
