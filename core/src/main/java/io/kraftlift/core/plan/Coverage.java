package io.kraftlift.core.plan;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicId;
import io.kraftlift.core.topics.TopicName;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the lanes fit the source's topics as they are now. Whatever is written to a partition that no lane has would be lost.
 *
 * @param uncovered partitions of selected topics that no lane copies
 * @param gone partitions that a lane still copies and the source has no longer
 * @param deleted topics whose copy has ended and that the source has no longer
 * @param remade topics that were planned, deleted, and made anew under their name; nothing of the new one is copied
 */
public record Coverage(
        NavigableSet<PartitionId> uncovered,
        NavigableSet<PartitionId> gone,
        NavigableSet<TopicName> deleted,
        NavigableSet<TopicName> remade) {
    private static final int NAMED_AT_MOST = 20;

    public Coverage {
        uncovered = Collections.unmodifiableNavigableSet(new TreeSet<>(uncovered));
        gone = Collections.unmodifiableNavigableSet(new TreeSet<>(gone));
        deleted = Collections.unmodifiableNavigableSet(new TreeSet<>(deleted));
        remade = Collections.unmodifiableNavigableSet(new TreeSet<>(remade));
    }

    /**
     * Compares.
     *
     * @param planned every partition that a lane has, of the plan and of its extensions
     * @param ended those of them whose copy has ended because their topic was no more
     * @param source every selected topic, and every topic in {@code planned}, that is there
     */
    public static Coverage of(
            Collection<LanePartition> planned, Collection<PartitionId> ended, Map<TopicName, SourceTopic> source) {
        NavigableSet<TopicName> deleted = new TreeSet<>();
        NavigableSet<TopicName> remade = new TreeSet<>();
        for (PartitionId partition : ended) {
            (source.containsKey(partition.topic()) ? remade : deleted).add(partition.topic());
        }
        for (LanePartition partition : planned) {
            SourceTopic now = source.get(partition.partition().topic());
            if (now != null && differ(partition.topicId(), now.id())) {
                remade.add(partition.partition().topic());
            }
        }
        NavigableSet<PartitionId> uncovered = new TreeSet<>();
        NavigableSet<PartitionId> gone = new TreeSet<>();
        planned.forEach(partition -> gone.add(partition.partition()));
        source.forEach((topic, now) -> {
            for (int index = 0; index < now.partitions(); index++) {
                PartitionId partition = new PartitionId(topic, index);
                if (!gone.remove(partition)) {
                    uncovered.add(partition);
                }
            }
        });
        gone.removeAll(new TreeSet<>(ended));
        gone.removeIf(partition -> remade.contains(partition.topic()));
        uncovered.removeIf(partition -> remade.contains(partition.topic()));
        return new Coverage(uncovered, gone, deleted, remade);
    }

    private static boolean differ(@Nullable TopicId one, @Nullable TopicId other) {
        return one != null && other != null && !one.equals(other);
    }

    /**
     * Nothing is committed unless every partition is in a lane and every lane's partition is there or has ended.
     *
     * @throws OperatorActionNeeded TOPIC_REMADE naming the topics, TOPOLOGY_CONFLICT naming the partitions
     */
    public void require() {
        if (!remade.isEmpty()) {
            throw new OperatorActionNeeded(
                    FailureName.TOPIC_REMADE,
                    "source: a copied topic must stay the one that it was, but these were deleted and made anew: "
                            + named(remade)
                            + "; what was copied is of the earlier ones, and nothing of the new ones is copied: delete"
                            + " the new ones if nobody needs them and approve the cutover again, or reject it and start"
                            + " a new migration, which copies them");
        }
        if (!uncovered.isEmpty()) {
            throw new OperatorActionNeeded(
                    FailureName.TOPOLOGY_CONFLICT,
                    "source: every partition of a selected topic must be in a lane, but these came since the tail looked"
                            + " last: " + named(uncovered)
                            + "; the tail takes them in before the gate opens again: approve the cutover again then."
                            + " Where it cannot, results/growth.json says why");
        }
        if (!gone.isEmpty()) {
            throw new OperatorActionNeeded(
                    FailureName.TOPOLOGY_CONFLICT,
                    "source: every partition that is copied must be there, but these were deleted and their lanes have"
                            + " not finished them yet: " + named(gone) + "; approve the cutover again when they have");
        }
    }

    private static String named(NavigableSet<?> places) {
        String first =
                places.stream().limit(NAMED_AT_MOST).map(Object::toString).collect(Collectors.joining(", "));
        return places.size() > NAMED_AT_MOST ? first + " and " + (places.size() - NAMED_AT_MOST) + " more" : first;
    }
}
