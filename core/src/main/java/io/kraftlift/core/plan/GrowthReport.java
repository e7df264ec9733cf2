package io.kraftlift.core.plan;

import io.kraftlift.core.topics.PartitionId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The latest look for what came to the source after the plan was made, {@code results/growth.json}.
 *
 * @param extensions how many extensions the plan has
 * @param added partitions that this look gave to lanes
 * @param pending partitions that came and that no lane has
 * @param conflicts why partitions that came could not be given to lanes, a sentence each; a person has to settle them
 */
public record GrowthReport(
        Instant at,
        long extensions,
        NavigableSet<PartitionId> added,
        NavigableSet<PartitionId> pending,
        List<String> conflicts) {
    public GrowthReport {
        added = Collections.unmodifiableNavigableSet(new TreeSet<>(added));
        pending = Collections.unmodifiableNavigableSet(new TreeSet<>(pending));
        conflicts = List.copyOf(conflicts);
    }
}
