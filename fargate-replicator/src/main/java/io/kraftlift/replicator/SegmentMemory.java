package io.kraftlift.replicator;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Memory of large segments, used again once everything of a segment is on the target. Without it, most of the heap would
 * be dead segments time and again, and the collector would go through all of it to find them.
 *
 * <p>Safe for several threads.
 */
final class SegmentMemory {
    /** Smaller ones die young, at no cost. */
    static final int LEAST_BYTES = 1 << 20;

    /** The memory budget divided by a segment's usual size, and the one being filled. */
    private static final int MOST_KEPT = 4;

    private final Queue<byte[]> free = new ArrayDeque<>();

    /** Memory of at least so many bytes; what is in it has no meaning. */
    byte[] take(int bytes) {
        byte @Nullable [] used = bytes < LEAST_BYTES ? null : takeFree(bytes);
        return used == null ? new byte[bytes] : used;
    }

    private synchronized byte @Nullable [] takeFree(int bytes) {
        for (Iterator<byte[]> each = free.iterator(); each.hasNext(); ) {
            byte[] memory = each.next();
            if (memory.length >= bytes) {
                each.remove();
                return memory;
            }
        }
        return null;
    }

    /** Takes memory back that nobody reads or writes any more. */
    synchronized void giveBack(byte[] memory) {
        if (memory.length >= LEAST_BYTES && free.size() < MOST_KEPT) {
            free.add(memory);
        }
    }
}
