package io.kraftlift.core.plan;

import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.GroupInventory;
import io.kraftlift.core.inventory.OffsetSpan;
import io.kraftlift.core.inventory.PartitionInventory;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.LanePlans;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.DriftPolicies;
import io.kraftlift.core.topology.TopicDesign;
import io.kraftlift.core.topology.TopicOrigin;
import io.kraftlift.core.topology.TopologyPlanner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Makes the plan of a migration from two inventories. Reads nothing, changes nothing; the same input, the same plan. */
public final class MigrationPlanner {
    private final MigrationId migration;
    private final MigrationConfig config;
    private final Sha256 fingerprint;

    public MigrationPlanner(MigrationId migration, MigrationConfig config, Sha256 fingerprint) {
        this.migration = migration;
        this.config = config;
        this.fingerprint = fingerprint;
    }

    /**
     * Plans.
     *
     * @throws OperatorActionNeeded CONFIGURATION_WRONG when no topic is selected; ACCESS_DENIED when the target did not
     *     tell which topic settings it knows
     * @throws TryAgain BROKER_UNREACHABLE when a partition that has to move has no leader
     */
    public Planned plan(ClusterInventory source, ClusterInventory target) {
        TopicSelector selector = new TopicSelector(config.topics());
        List<TopicInventory> selected = selector.selected(source);
        if (selected.isEmpty()) {
            throw new OperatorActionNeeded(
                    FailureName.CONFIGURATION_WRONG,
                    "topics: include and exclude must leave a topic of the source to move, left none of "
                            + source.topics().size() + "; change topics.include or topics.exclude");
        }
        List<TopicDesign> designs = new TopologyPlanner(source, target, DriftPolicies.of(config))
                .designs(selected.stream().map(TopicInventory::name).toList());
        List<LanePartition> partitions =
                selected.stream().flatMap(topic -> partitions(topic).stream()).toList();
        List<LanePlan> lanes = LaneBalancer.balance(partitions, config.seed().workers());
        MigrationPlan plan = new MigrationPlan(
                MigrationPlan.FORMAT,
                migration,
                fingerprint,
                ClusterSummary.of(source),
                ClusterSummary.of(target),
                totals(selected, designs),
                topics(selected, designs),
                skipped(source, selector),
                groups(source, group -> !TopicSelector.isCanary(group)),
                groups(source, TopicSelector::isCanary),
                lanes.stream().map(MigrationPlanner::summary).toList(),
                remarks(source));
        return new Planned(plan, new LanePlans(lanes));
    }

    private static List<LanePartition> partitions(TopicInventory topic) {
        return topic.partitions().stream()
                .map(partition -> lanePartition(topic.name(), partition))
                .toList();
    }

    private static LanePartition lanePartition(TopicName topic, PartitionInventory partition) {
        PartitionId id = new PartitionId(topic, partition.index());
        OffsetSpan offsets = partition.offsets();
        if (offsets == null) {
            throw new TryAgain(
                    FailureName.BROKER_UNREACHABLE,
                    "source: partition " + id + " has no leader, so its offsets cannot be read; bring its brokers back"
                            + " or exclude the topic (topics.exclude)");
        }
        // Committed records end at the last stable offset; up to a later end the seed would wait for open transactions.
        long until = Math.max(offsets.start(), Math.min(offsets.lastStable(), offsets.end()));
        Long bytes = partition.bytes();
        return new LanePartition(
                id, SourceOffset.of(offsets.start()), SourceOffset.of(until), bytes == null ? 0 : bytes);
    }

    /**
     * Gives partitions that came to the source after the plan was made to the lanes that there are.
     *
     * @param lanes of the plan with its extensions, at least one
     * @param topics of the source, with the partitions that came
     * @param wanted those that came
     * @return what each lane gets
     * @throws TryAgain BROKER_UNREACHABLE when a partition that has to move has no leader
     */
    public static List<LanePlan> extend(LanePlans lanes, Collection<TopicInventory> topics, Set<PartitionId> wanted) {
        List<LanePartition> additions = topics.stream()
                .flatMap(topic -> topic.partitions().stream()
                        .filter(partition -> wanted.contains(new PartitionId(topic.name(), partition.index())))
                        .map(partition -> lanePartition(topic.name(), partition)))
                .toList();
        return LaneBalancer.extend(lanes.lanes(), additions);
    }

    private static PlanTotals totals(List<TopicInventory> selected, List<TopicDesign> designs) {
        List<TopicDesign> created = designs.stream()
                .filter(design -> design.origin() == TopicOrigin.CREATED)
                .toList();
        return new PlanTotals(
                designs.size(),
                created.size(),
                designs.stream().mapToInt(TopicDesign::partitions).sum(),
                created.stream().mapToInt(TopicDesign::partitions).sum(),
                selected.stream().mapToLong(TopicInventory::bytes).sum(),
                (int) selected.stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .filter(partition -> partition.bytes() == null)
                        .count());
    }

    private static List<PlannedTopic> topics(List<TopicInventory> selected, List<TopicDesign> designs) {
        Map<TopicName, Long> bytes = new HashMap<>();
        selected.forEach(topic -> bytes.put(topic.name(), topic.bytes()));
        return designs.stream()
                .map(design -> new PlannedTopic(design, bytes.getOrDefault(design.name(), 0L)))
                .toList();
    }

    private static List<SkippedTopic> skipped(ClusterInventory source, TopicSelector selector) {
        return source.topics().stream()
                .flatMap(topic -> selector.skips(topic).map(reason -> new SkippedTopic(topic.name(), reason)).stream())
                .toList();
    }

    private static List<String> groups(ClusterInventory source, Predicate<String> wanted) {
        return source.groups().or(List.of()).stream()
                .map(GroupInventory::id)
                .filter(wanted)
                .toList();
    }

    private static PlannedLane summary(LanePlan lane) {
        return new PlannedLane(
                lane.lane(),
                lane.partitions().size(),
                lane.partitions().stream().mapToLong(LanePartition::bytes).sum());
    }

    private static List<String> remarks(ClusterInventory source) {
        List<String> remarks = new ArrayList<>();
        source.groups().fold(known -> true, why -> remarks.add("the source's groups could not be read: " + why));
        source.quotas().fold(known -> true, why -> remarks.add("the source's quotas could not be read: " + why));
        source.acls()
                .fold(rules -> true, () -> true, why -> remarks.add("the source's ACLs could not be read: " + why));
        return remarks;
    }
}
