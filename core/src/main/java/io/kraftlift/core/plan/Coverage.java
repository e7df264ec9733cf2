package io.kraftlift.core.plan;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How the lanes fit the source's topics as they are now. The lanes were planned once; whatever is written to a partition
 * that no lane has would be lost.
 *
 * @param uncovered partitions of selected topics that no lane copies
 * @param gone partitions that a lane copies and the source has no longer
 */
public record Coverage(NavigableSet<PartitionId> uncovered, NavigableSet<PartitionId> gone) {
    private static final int NAMED_AT_MOST = 20;

    public Coverage {
        uncovered = Collections.unmodifiableNavigableSet(new TreeSet<>(uncovered));
        gone = Collections.unmodifiableNavigableSet(new TreeSet<>(gone));
    }

    /**
     * Compares.
     *
     * @param planned every partition that a lane copies
     * @param source the number of partitions of every selected topic, and of every topic in {@code planned}, that is there
     */
    public static Coverage of(Collection<PartitionId> planned, Map<TopicName, Integer> source) {
        NavigableSet<PartitionId> uncovered = new TreeSet<>();
        NavigableSet<PartitionId> gone = new TreeSet<>(planned);
        source.forEach((topic, partitions) -> {
            for (int index = 0; index < partitions; index++) {
                uncovered.add(new PartitionId(topic, index));
            }
        });
        gone.removeAll(uncovered);
        planned.forEach(uncovered::remove);
        return new Coverage(uncovered, gone);
    }

    /**
     * Nothing is committed unless every partition is in a lane and every lane's partition is there.
     *
     * @throws OperatorActionNeeded TOPOLOGY_CONFLICT naming the partitions
     */
    public void require() {
        if (!uncovered.isEmpty()) {
            throw new OperatorActionNeeded(
                    FailureName.TOPOLOGY_CONFLICT,
                    "source: every partition of a selected topic must be in a lane of the plan, but since it was made these"
                            + " came: " + named(uncovered)
                            + "; delete them if nobody needs them and approve the cutover again, or reject it and start a"
                            + " new migration, which plans them");
        }
        if (!gone.isEmpty()) {
            throw new OperatorActionNeeded(
                    FailureName.TOPOLOGY_CONFLICT,
                    "source: every planned partition must be there, but since the plan was made these were deleted: "
                            + named(gone) + "; reject the cutover and start a new migration, which plans without them");
        }
    }

    private static String named(NavigableSet<PartitionId> partitions) {
        String first = partitions.stream()
                .limit(NAMED_AT_MOST)
                .map(PartitionId::toString)
                .collect(Collectors.joining(", "));
        return partitions.size() > NAMED_AT_MOST
                ? first + " and " + (partitions.size() - NAMED_AT_MOST) + " more"
                : first;
    }
}
