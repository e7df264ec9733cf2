package io.kraftlift.replicator;

import io.kraftlift.core.topics.PartitionId;

/**
 * Where a partition's copy is on the target, and how much of that the target's log has.
 *
 * @param there whether the target has the partition
 * @param from target offset of the copy's first record
 * @param until end of the copy, exclusive
 * @param readFrom {@code from}, or the log's start where that is later
 * @param readUntil {@code until}, or the log's end where that is earlier; at least {@code readFrom}
 */
record CopiedRange(PartitionId partition, boolean there, long from, long until, long readFrom, long readUntil) {
    /** Of a partition that the target has not. */
    static CopiedRange missing(PartitionId partition, long from, long until) {
        return new CopiedRange(partition, false, from, until, from, from);
    }

    /** The same with a log on the target from {@code start} to {@code end}. */
    CopiedRange in(long start, long end) {
        long first = Math.min(until, Math.max(from, start));
        return new CopiedRange(partition, true, from, until, first, Math.max(first, Math.min(until, end)));
    }

    long length() {
        return readUntil - readFrom;
    }
}
