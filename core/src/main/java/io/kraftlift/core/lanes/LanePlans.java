package io.kraftlift.core.lanes;

import io.kraftlift.core.topics.TopicId;
import io.kraftlift.core.topics.TopicName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Every lane of a migration, {@code plan/lanes.json}. */
public record LanePlans(List<LanePlan> lanes) {
    public LanePlans {
        lanes = List.copyOf(lanes);
    }

    public Optional<LanePlan> of(LaneId lane) {
        return lanes.stream().filter(plan -> plan.lane().equals(lane)).findFirst();
    }

    /** The lanes with what an extension gives them. */
    public LanePlans with(PlanExtension extension) {
        return each(plan -> plan.with(extension.of(plan.lane())));
    }

    /** The lanes, with the ids that the source gives its topics; a topic that is not among them has none. */
    public LanePlans identified(Map<TopicName, TopicId> ids) {
        return each(plan -> new LanePlan(
                plan.lane(),
                plan.partitions().stream()
                        .map(partition ->
                                partition.of(ids.get(partition.partition().topic())))
                        .toList()));
    }

    private LanePlans each(UnaryOperator<LanePlan> change) {
        return new LanePlans(lanes.stream().map(change).toList());
    }
}
