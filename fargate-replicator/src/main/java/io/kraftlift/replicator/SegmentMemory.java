package io.kraftlift.replicator;

import io.kraftlift.core.segments.SegmentWriter;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of memory in which segments are filled, used again once everything of a segment is on the target. Without them,
 * most of the heap would be dead segments time and again, and the collector would go through all of it to find them.
 *
 * <p>A segment that leaves much of its block empty keeps a copy instead, of its own size: the memory budget counts the bytes
 * of batches, and many small segments may be on their way at a time.
 *
 * <p>Safe for several threads.
 */
final class SegmentMemory {
    /** The memory budget divided by a block, and the one being filled. */
    private static final int MOST_KEPT = 4;

    private final int blockBytes;
    private final Queue<byte[]> free = new ArrayDeque<>();

    /**
     * The bytes of a finished segment.
     *
     * @param block what to give back once they have landed; null when they are in no block
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier to its one reader, never compared
    record Finished(ByteBuffer content, byte @Nullable [] block) {}

    /** Blocks of that size. */
    SegmentMemory(int blockBytes) {
        this.blockBytes = blockBytes;
    }

    /**
     * Blocks for the segments of a lane. A segment that is configured to be larger than a third of the budget grows out of
     * its block.
     */
    static SegmentMemory of(LaneWork work) {
        long batches = Math.min(
                work.config().seed().segmentMaxBytes().bytes(), work.settings().memoryBudget() / 3);
        long partitions = (long) work.slots() * SegmentWriter.PARTITION_BYTES;
        return new SegmentMemory(
                (int) Math.min(Integer.MAX_VALUE - 8, SegmentWriter.LEAST_CAPACITY + batches + partitions));
    }

    /** A block to fill; what is in it has no meaning. */
    synchronized byte[] take() {
        byte @Nullable [] used = free.poll();
        return used == null ? new byte[blockBytes] : used;
    }

    /**
     * Takes in what was filled.
     *
     * @param memory the block that was taken, or what the segment grew into
     */
    Finished finish(ByteBuffer content, byte[] memory) {
        if (content.remaining() >= memory.length / 4 * 3) {
            return new Finished(content, memory.length == blockBytes ? memory : null);
        }
        ByteBuffer copy = ByteBuffer.wrap(Arrays.copyOf(memory, content.remaining()));
        giveBack(memory);
        return new Finished(copy, null);
    }

    /** Takes a block back that nobody reads or writes any more. */
    synchronized void giveBack(byte[] block) {
        if (block.length == blockBytes && free.size() < MOST_KEPT) {
            free.add(block);
        }
    }
}
