package io.kraftlift.replicator;

import io.kraftlift.core.segments.SegmentWriter;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a lane's segments, from their first byte until everything of them is on the target, and its bound.
 *
 * <p>A segment is filled in a block, which is used again. Without blocks, most of the heap would be dead segments time and
 * again, and the collector would go through all of it to find them. A segment that leaves half of its block empty keeps a
 * copy instead, of its own size, since many small segments may be on their way at a time.
 *
 * <p>Blocks that nobody uses count too. Where a further block would take everything above the bound, it is given out when
 * something landed. One block is given out whatever the bound is.
 *
 * <p>Safe for several threads.
 */
final class SegmentMemory {
    /** Of a budget of three segments one block is being filled besides. */
    private static final int MOST_BLOCKS = 4;

    private final int blockBytes;
    private final Queue<byte[]> free = new ArrayDeque<>();
    /** Bytes of segments: being filled, copied, and on their way. */
    private long held;

    /**
     * The bytes of a finished segment.
     *
     * @param memory what they lie in, to be given back once they have landed
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier to its one reader, never compared
    record Finished(ByteBuffer content, byte[] memory) {}

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

    /**
     * A block to fill; what is in it has no meaning.
     *
     * @return null when there was no room for another in that time
     */
    synchronized byte @Nullable [] take(long waitMillis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        while (!hasRoom()) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                return null;
            }
            wait(left);
        }
        byte @Nullable [] used = free.poll();
        held += blockBytes;
        return used == null ? new byte[blockBytes] : used;
    }

    /**
     * Takes in what was filled.
     *
     * @param memory the same, or what the segment grew into
     */
    synchronized Finished finish(ByteBuffer content, byte[] memory) {
        held -= blockBytes;
        if (content.remaining() >= memory.length / 2) {
            held += memory.length;
            return new Finished(content, memory);
        }
        byte[] copy = Arrays.copyOf(memory, content.remaining());
        held += copy.length;
        keep(memory);
        return new Finished(ByteBuffer.wrap(copy), copy);
    }

    /** Takes memory back that nobody reads or writes any more. */
    synchronized void giveBack(byte[] memory) {
        held -= memory.length;
        keep(memory);
        notifyAll();
    }

    /** Bytes of blocks that are kept for segments to come. */
    synchronized long unusedBytes() {
        return (long) free.size() * blockBytes;
    }

    private void keep(byte[] memory) {
        if (memory.length == blockBytes) {
            free.add(memory);
        }
        while (!free.isEmpty() && held + unusedBytes() > most()) {
            free.remove();
        }
    }

    private boolean hasRoom() {
        return held == 0 || held + blockBytes <= most();
    }

    private long most() {
        return (long) MOST_BLOCKS * blockBytes;
    }
}
