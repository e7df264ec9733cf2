package io.kraftlift.core.cutover;

import io.kraftlift.core.topics.PartitionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One look at the source's logs.
 *
 * @param at when the look began, so that what was written during it counts as seen later
 * @param ends log ends, open transactions included
 * @param stable last stable offsets
 */
public record LogLook(Instant at, Map<PartitionId, Long> ends, Map<PartitionId, Long> stable) {
    public LogLook {
        ends = Map.copyOf(ends);
        stable = Map.copyOf(stable);
    }

    /** What is not still between an earlier look and this one, in order of the partitions; empty when all is. */
    public List<LogMovement> movementSince(LogLook earlier) {
        List<LogMovement> movements = new ArrayList<>();
        new TreeMap<>(ends).forEach((partition, end) -> {
            long stableEnd = Objects.requireNonNull(stable.get(partition));
            // Ends and stable offsets are asked side by side; a stable offset above the end was asked later, and it
            // moved.
            long seen = Math.max(end, stableEnd);
            long moved = seen - Objects.requireNonNull(earlier.ends.get(partition));
            long open = Math.max(0, end - stableEnd);
            if (moved != 0 || open > 0) {
                movements.add(new LogMovement(partition, seen, moved, open));
            }
        });
        return List.copyOf(movements);
    }
}
