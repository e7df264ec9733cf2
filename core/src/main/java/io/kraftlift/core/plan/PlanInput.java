package io.kraftlift.core.plan;

import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.topics.TopicName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a plan is made from besides the configuration.
 *
 * @param recordsLastHour by topic of the source, the offsets that were given out in the hour before, as far as the
 *     records' timestamps tell
 * @param dynamicListeners the source's brokers whose {@code advertised.listeners} were changed while they ran
 * @param sourceMsk empty when the source is not given by an ARN
 * @param targetMsk empty when the target is not given by an ARN
 */
public record PlanInput(
        ClusterInventory source,
        ClusterInventory target,
        Reading<Map<TopicName, Long>> recordsLastHour,
        Reading<List<Integer>> dynamicListeners,
        Optional<MskFacts> sourceMsk,
        Optional<MskFacts> targetMsk) {
    /** Two inventories and nothing else. */
    public static PlanInput of(ClusterInventory source, ClusterInventory target) {
        return new PlanInput(
                source,
                target,
                Reading.unreadable("they were not asked for"),
                Reading.unreadable("they were not asked for"),
                Optional.empty(),
                Optional.empty());
    }
}
