package io.kraftlift.core.plan;

import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.GroupInventory;
import io.kraftlift.core.inventory.OffsetSpan;
import io.kraftlift.core.inventory.PartitionInventory;
import io.kraftlift.core.inventory.Reading;
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
import java.util.Objects;
import java.util.Optional;
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
        return plan(PlanInput.of(source, target));
    }

    /** Plans with everything that was read. Throws like {@link #plan(ClusterInventory, ClusterInventory)}. */
    public Planned plan(PlanInput input) {
        ClusterInventory source = input.source();
        ClusterInventory target = input.target();
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
        List<PlannedTopic> topics = topics(selected, designs, input.recordsLastHour());
        PlanTotals totals = totals(selected, topics);
        List<PlannedLane> summaries =
                lanes.stream().map(MigrationPlanner::summary).toList();
        MigrationPlan plan = new MigrationPlan(
                MigrationPlan.FORMAT,
                migration,
                fingerprint,
                ClusterSummary.of(source, input.sourceMsk()),
                ClusterSummary.of(target, input.targetMsk()),
                totals,
                topics,
                skipped(source, selector),
                groups(source, group -> !TopicSelector.isCanary(group)),
                groups(source, TopicSelector::isCanary),
                summaries,
                new TimeEstimator(config, totals, summaries).estimates(),
                InPlaceVerdict.of(input),
                remarks(input));
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

    private static PlanTotals totals(List<TopicInventory> selected, List<PlannedTopic> topics) {
        List<TopicDesign> created = topics.stream()
                .map(PlannedTopic::design)
                .filter(design -> design.origin() == TopicOrigin.CREATED)
                .toList();
        boolean ratesKnown = topics.stream().allMatch(topic -> topic.recordsLastHour() != null);
        return new PlanTotals(
                topics.size(),
                created.size(),
                topics.stream().mapToInt(topic -> topic.design().partitions()).sum(),
                created.stream().mapToInt(TopicDesign::partitions).sum(),
                topics.stream().mapToLong(PlannedTopic::bytes).sum(),
                (int) selected.stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .filter(partition -> partition.bytes() == null)
                        .count(),
                topics.stream().mapToLong(PlannedTopic::records).sum(),
                ratesKnown ? recordsLastHour(topics) : null,
                ratesKnown
                        ? topics.stream().mapToLong(PlannedTopic::bytesLastHour).sum()
                        : null);
    }

    private static long recordsLastHour(List<PlannedTopic> topics) {
        return topics.stream()
                .flatMap(topic -> Optional.ofNullable(topic.recordsLastHour()).stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    private static List<PlannedTopic> topics(
            List<TopicInventory> selected, List<TopicDesign> designs, Reading<Map<TopicName, Long>> recordsLastHour) {
        Map<TopicName, TopicInventory> byName = new HashMap<>();
        selected.forEach(topic -> byName.put(topic.name(), topic));
        Optional<Map<TopicName, Long>> rates = recordsLastHour.fold(Optional::of, why -> Optional.empty());
        return designs.stream()
                .map(design -> {
                    TopicInventory topic = Objects.requireNonNull(byName.get(design.name()), "designed means selected");
                    return new PlannedTopic(
                            design,
                            topic.bytes(),
                            topic.partitions().stream()
                                    .map(partition -> Objects.requireNonNullElse(partition.bytes(), 0L))
                                    .toList(),
                            records(topic),
                            rates.map(known -> known.getOrDefault(topic.name(), 0L))
                                    .orElse(null));
                })
                .toList();
    }

    private static long records(TopicInventory topic) {
        return topic.partitions().stream()
                .flatMap(partition -> Optional.ofNullable(partition.offsets()).stream())
                .mapToLong(offsets -> Math.max(0, offsets.end() - offsets.start()))
                .sum();
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

    private static List<String> remarks(PlanInput input) {
        ClusterInventory source = input.source();
        List<String> remarks = new ArrayList<>();
        input.recordsLastHour().fold(known -> true, why -> remarks.add("the source's rates could not be read: " + why));
        input.sourceMsk().ifPresent(msk -> unread(msk, "source", remarks));
        input.targetMsk().ifPresent(msk -> unread(msk, "target", remarks));
        source.groups().fold(known -> true, why -> remarks.add("the source's groups could not be read: " + why));
        source.quotas().fold(known -> true, why -> remarks.add("the source's quotas could not be read: " + why));
        source.acls()
                .fold(rules -> true, () -> true, why -> remarks.add("the source's ACLs could not be read: " + why));
        return remarks;
    }

    private static void unread(MskFacts msk, String side, List<String> remarks) {
        msk.cluster().fold(known -> true, why -> remarks.add("MSK did not describe the " + side + ": " + why));
        msk.serverProperties()
                .fold(known -> true, why -> remarks.add("MSK did not tell the " + side + "'s configuration: " + why));
        msk.scramSecrets()
                .fold(known -> true, why -> remarks.add("MSK did not list the " + side + "'s SCRAM secrets: " + why));
    }
}
