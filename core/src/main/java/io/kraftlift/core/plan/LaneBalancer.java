package io.kraftlift.core.plan;

import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.topics.TopicName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Shares partitions out to lanes: the largest first, each onto the lane with the least weight. No lane then outweighs
 * another by more than one partition's weight (Graham's bound for longest processing time first). Among lanes of equal
 * weight the one with fewer partitions of the same topic is taken, then the one with fewer partitions, then the lower
 * number, so that the same partitions give the same lanes.
 */
final class LaneBalancer {
    /**
     * What a partition weighs besides its bytes: requests, map and checkpoint cost about as much as copying 64 KiB. It
     * also spreads partitions whose size is not known.
     */
    static final long PARTITION_WEIGHT = 64 << 10;

    private static final Comparator<LanePartition> LARGEST_FIRST =
            Comparator.comparingLong(LanePartition::bytes).reversed().thenComparing(LanePartition::partition);

    private LaneBalancer() {}

    /**
     * Shares out.
     *
     * @param workers at least 1; lanes that would be empty are left out
     */
    static List<LanePlan> balance(List<LanePartition> partitions, int workers) {
        List<Load> loads = new ArrayList<>();
        for (int lane = 0; lane < Math.min(workers, partitions.size()); lane++) {
            loads.add(new Load(new LaneId(lane)));
        }
        partitions.stream()
                .sorted(LARGEST_FIRST)
                .forEach(partition ->
                        lightest(loads, partition.partition().topic()).add(partition));
        return loads.stream().map(Load::plan).toList();
    }

    /**
     * Shares out partitions that came later over lanes that exist: each to the lane with the least weight, the largest first.
     *
     * @param lanes at least one
     * @return what each lane gets; lanes that get nothing are left out
     */
    static List<LanePlan> extend(List<LanePlan> lanes, List<LanePartition> additions) {
        List<Load> loads = lanes.stream().map(Load::of).toList();
        Map<LaneId, List<LanePartition>> given = new TreeMap<>();
        additions.stream().sorted(LARGEST_FIRST).forEach(partition -> {
            Load load = lightest(loads, partition.partition().topic());
            load.add(partition);
            given.computeIfAbsent(load.lane, lane -> new ArrayList<>()).add(partition);
        });
        List<LanePlan> extended = new ArrayList<>();
        given.forEach((lane, partitions) -> extended.add(new LanePlan(
                lane,
                partitions.stream()
                        .sorted(Comparator.comparing(LanePartition::partition))
                        .toList())));
        return extended;
    }

    static long weight(LanePartition partition) {
        return partition.bytes() + PARTITION_WEIGHT;
    }

    private static Load lightest(List<Load> loads, TopicName topic) {
        Load best = loads.get(0);
        for (Load load : loads) {
            if (load.isBetterThan(best, topic)) {
                best = load;
            }
        }
        return best;
    }

    /** What a lane has so far; confined to one call of {@link LaneBalancer#balance}. */
    private static final class Load {
        private final LaneId lane;
        private final List<LanePartition> partitions = new ArrayList<>();
        private final Map<TopicName, Integer> ofTopic = new HashMap<>();
        private long weight;

        Load(LaneId lane) {
            this.lane = lane;
        }

        static Load of(LanePlan plan) {
            Load load = new Load(plan.lane());
            plan.partitions().forEach(load::add);
            return load;
        }

        boolean isBetterThan(Load other, TopicName topic) {
            int byWeight = Long.compare(weight, other.weight);
            if (byWeight != 0) {
                return byWeight < 0;
            }
            int byTopic = Integer.compare(ofTopic.getOrDefault(topic, 0), other.ofTopic.getOrDefault(topic, 0));
            return byTopic != 0 ? byTopic < 0 : partitions.size() < other.partitions.size();
        }

        void add(LanePartition partition) {
            partitions.add(partition);
            ofTopic.merge(partition.partition().topic(), 1, Integer::sum);
            weight += weight(partition);
        }

        LanePlan plan() {
            return new LanePlan(
                    lane,
                    partitions.stream()
                            .sorted(Comparator.comparing(LanePartition::partition))
                            .toList());
        }
    }
}
