package io.kraftlift.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.longs;

import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;

class LaneBalancerProperties {
    @Test
    void givesEveryPartitionToExactlyOneLane() {
        qt().forAll(sizes(), integers().between(1, 40)).checkAssert((sizes, workers) -> {
            List<LanePartition> partitions = partitions(sizes);

            List<LanePlan> lanes = LaneBalancer.balance(partitions, workers);

            assertThat(lanes.stream().flatMap(lane -> lane.partitions().stream()))
                    .containsExactlyInAnyOrderElementsOf(partitions);
            assertThat(lanes).hasSize(Math.min(workers, partitions.size()));
            assertThat(lanes).allSatisfy(lane -> assertThat(lane.partitions()).isNotEmpty());
        });
    }

    @Test
    void keepsLanesWithinOnePartitionOfEachOther() {
        qt().forAll(sizes(), integers().between(1, 40)).checkAssert((sizes, workers) -> {
            List<LanePartition> partitions = partitions(sizes);

            List<Long> weights = LaneBalancer.balance(partitions, workers).stream()
                    .map(lane -> lane.partitions().stream()
                            .mapToLong(LaneBalancer::weight)
                            .sum())
                    .toList();

            long heaviest =
                    partitions.stream().mapToLong(LaneBalancer::weight).max().orElse(0);
            assertThat(Collections.max(weights) - Collections.min(weights)).isLessThanOrEqualTo(heaviest);
        });
    }

    @Test
    void doesNotDependOnTheOrderOfItsInput() {
        qt().forAll(sizes(), integers().between(1, 40), longs().all()).checkAssert((sizes, workers, seed) -> {
            List<LanePartition> partitions = partitions(sizes);
            List<LanePartition> shuffled = new ArrayList<>(partitions);
            Collections.shuffle(shuffled, new Random(seed));

            assertThat(LaneBalancer.balance(shuffled, workers)).isEqualTo(LaneBalancer.balance(partitions, workers));
        });
    }

    @Test
    void spreadsATopicsPartitionsWhenSizesAreEqual() {
        qt().forAll(integers().between(1, 60), integers().between(1, 8)).checkAssert((count, workers) -> {
            List<LanePartition> partitions = partitions(Collections.nCopies(count, 1000L));

            for (LanePlan lane : LaneBalancer.balance(partitions, workers)) {
                Map<Object, Integer> ofTopic = new HashMap<>();
                lane.partitions().forEach(one -> ofTopic.merge(one.partition().topic(), 1, Integer::sum));
                assertThat(ofTopic.values())
                        .allSatisfy(number ->
                                assertThat(number).isLessThanOrEqualTo((PARTITIONS_PER_TOPIC + workers - 1) / workers));
            }
        });
    }

    private static final int PARTITIONS_PER_TOPIC = 4;

    private static Gen<List<Long>> sizes() {
        return lists().of(longs().between(0, 1L << 34)).ofSizeBetween(1, 120);
    }

    private static List<LanePartition> partitions(List<Long> sizes) {
        List<LanePartition> partitions = new ArrayList<>();
        for (int number = 0; number < sizes.size(); number++) {
            partitions.add(new LanePartition(
                    PartitionId.of("topic" + number / PARTITIONS_PER_TOPIC, number % PARTITIONS_PER_TOPIC),
                    SourceOffset.of(0),
                    SourceOffset.of(9),
                    sizes.get(number)));
        }
        return partitions;
    }
}
