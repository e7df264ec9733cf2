package io.kraftlift.access.cutover;

import io.kraftlift.access.groups.ParallelReads;
import io.kraftlift.access.kafka.InventoryReader;
import io.kraftlift.access.kafka.TopologyExecutor;
import io.kraftlift.access.kafka.Waiting;
import io.kraftlift.access.plans.StoredLanes;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.topology.TargetPolicies;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.LanePlans;
import io.kraftlift.core.lanes.PlanExtension;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.plan.GrowthReport;
import io.kraftlift.core.plan.MigrationPlanner;
import io.kraftlift.core.plan.SourceTopic;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicId;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.TopologyLedger;
import io.kraftlift.core.topology.TopologyPlan;
import io.kraftlift.core.topology.TopologyPlanner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what came to the source after the plan was made: topics that were created and partitions that were added.
 *
 * <ol>
 *   <li>Compare the source's topics with the lanes, and say what no lane has.
 *   <li>Put the topics into the ledger, as they are to be on the target.
 *   <li>Make them there, or give them their partitions, with the holds on.
 *   <li>Give the partitions to lanes, in an extension of the plan. From then on they are copied.
 * </ol>
 *
 * Each step may be taken again, and by two at once: the ledger is changed on the condition that nobody else did, the target
 * is compared before it is changed, and of two writers of an extension one loses and looks again.
 */
public final class SourceGrowth {
    private static final Logger LOG = LoggerFactory.getLogger(SourceGrowth.class);

    /** Nothing came. */
    public static final Look NOTHING = new Look(List.of(), List.of());

    private static final String REPORT = "growth";

    /** An inventory of both clusters is not for every poll. */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    /** Each time somebody else was faster, and there is one poller in an execution. */
    private static final int TRIES = 5;

    private final MigrationRun run;
    private final StoredLanes stored;
    private final Waiting waiting;

    public SourceGrowth(MigrationRun run) {
        this.run = run;
        this.stored = new StoredLanes(run.backup(), run.objects());
        this.waiting = run.surroundings().sleeper()::sleep;
    }

    /**
     * One look's outcome.
     *
     * @param added partitions that were given to lanes
     * @param conflicts why others could not be, a sentence each; nothing is committed while they are there
     */
    public record Look(List<PartitionId> added, List<String> conflicts) {
        public Look {
            added = List.copyOf(added);
            conflicts = List.copyOf(conflicts);
        }
    }

    /** What came, and what it would take to make it on the target. */
    private record Arrivals(
            ClusterInventory source, NavigableSet<PartitionId> partitions, Map<TopicName, TopicId> ids) {
        Set<TopicName> topics() {
            return topicsOf(partitions);
        }

        Arrivals without(Collection<TopicName> topics) {
            NavigableSet<PartitionId> others = new TreeSet<>(partitions);
            others.removeIf(partition -> topics.contains(partition.topic()));
            return new Arrivals(source, others, ids);
        }
    }

    /** Like {@link #look}; empty when a cluster does not answer, so that nobody knows what came. */
    public Optional<Look> lookIfPossible() throws InterruptedException {
        try {
            return Optional.of(look());
        } catch (TryAgain e) {
            LOG.atWarn().setCause(e).log("the source could not be looked at for what came");
            return Optional.empty();
        }
    }

    /**
     * Looks once, and takes in what it finds. What a person has to settle is a conflict in the outcome, not a failure, so
     * that the tail and the gate go on.
     *
     * @throws TryAgain BROKER_UNREACHABLE when a cluster does not answer
     */
    public Look look() throws InterruptedException {
        DrainWatch.journalTheTail(run);
        NavigableSet<PartitionId> added = new TreeSet<>();
        for (int attempt = 0; attempt < TRIES; attempt++) {
            // Topics before inventory: one that is made anew in between is then told by its id.
            PlannedLanes lanes = PlannedLanes.of(run);
            Map<TopicName, SourceTopic> topics = lanes.topics(Patience.UNHURRIED);
            NavigableSet<PartitionId> uncovered = uncovered(lanes, topics);
            Optional<GrowthReport> known = known(uncovered);
            if (known.isPresent()) {
                return new Look(List.of(), known.get().conflicts());
            }
            if (uncovered.isEmpty()) {
                return report(lanes.extensions(), added, uncovered, Map.of());
            }
            Arrivals arrivals = new Arrivals(inventory(ClusterSide.SOURCE), uncovered, idsOf(topics));
            TopologyPlanner planner = new TopologyPlanner(
                    arrivals.source(), inventory(ClusterSide.TARGET), TargetPolicies.of(run.config()));
            Map<TopicName, String> conflicts = conflicts(arrivals, planner);
            Arrivals possible = arrivals.without(conflicts.keySet());
            try {
                if (possible.partitions().isEmpty()) {
                    return report(lanes.extensions(), added, uncovered, conflicts);
                }
                makeOnTarget(possible, planner);
            } catch (OperatorActionNeeded e) {
                possible.topics().forEach(topic -> conflicts.put(topic, String.valueOf(e.getMessage())));
                return report(lanes.extensions(), added, uncovered, conflicts);
            }
            if (extend(lanes, possible)) {
                added.addAll(possible.partitions());
                uncovered.removeAll(possible.partitions());
                return report(lanes.extensions() + 1, added, uncovered, conflicts);
            }
        }
        throw new TryAgain(
                FailureName.STORE_UNREACHABLE,
                run.objects().extensions() + ": somebody else kept extending the plan, in " + TRIES + " tries");
    }

    /** What an earlier look said of the same partitions, unless it was long ago: a person takes a while to settle it. */
    private Optional<GrowthReport> known(NavigableSet<PartitionId> uncovered) {
        return uncovered.isEmpty()
                ? Optional.empty()
                : run.find(run.objects().result(REPORT), GrowthReport.class)
                        .filter(report -> report.pending().equals(uncovered))
                        .filter(report -> report.at().isAfter(now().minus(SETTLING)));
    }

    private static NavigableSet<PartitionId> uncovered(PlannedLanes lanes, Map<TopicName, SourceTopic> topics)
            throws InterruptedException {
        try (ParallelReads reads = new ParallelReads()) {
            return new TreeSet<>(lanes.coverage(reads, topics).uncovered());
        }
    }

    /** Tries each topic alone, so that one that cannot be taken in does not keep the others out. */
    private Map<TopicName, String> conflicts(Arrivals arrivals, TopologyPlanner planner) {
        TopologyLedger ledger = ledger();
        Map<TopicName, String> conflicts = new TreeMap<>();
        for (TopicName topic : arrivals.topics()) {
            if (!arrivals.source().topicsByName().containsKey(topic)) {
                conflicts.put(topic, "topic " + topic + " came to the source and went again");
                continue;
            }
            try {
                planner.plan(List.of(topic), ledger);
            } catch (OperatorActionNeeded e) {
                conflicts.put(topic, String.valueOf(e.getMessage()));
            }
        }
        return conflicts;
    }

    /** The ledger first, so that a successor knows the topics again as ours. */
    private void makeOnTarget(Arrivals arrivals, TopologyPlanner planner) throws InterruptedException {
        List<TopologyPlan> plans = new ArrayList<>();
        ObjectChange.apply(run, run.objects().result("topology"), TopologyLedger.class, present -> {
            TopologyPlan made = planner.plan(arrivals.topics(), present.orElseGet(TopologyLedger::empty));
            plans.add(made);
            return Optional.of(made.ledger());
        });
        new TopologyExecutor(run.target(), waiting)
                .execute(plans.get(plans.size() - 1).steps());
    }

    /** Gives the partitions to lanes; false when somebody else extended the plan first. */
    private boolean extend(PlannedLanes lanes, Arrivals arrivals) {
        List<TopicInventory> topics = arrivals.source().topics().stream()
                .filter(topic -> arrivals.topics().contains(topic.name()))
                .toList();
        List<LanePlan> given = MigrationPlanner.extend(new LanePlans(lanes.plans()), topics, arrivals.partitions());
        List<LanePlan> identified =
                new LanePlans(given).identified(arrivals.ids()).lanes();
        boolean first = stored.add(new PlanExtension(PlanExtension.FORMAT, lanes.extensions(), now(), identified));
        if (first) {
            run.journal()
                    .append(
                            Phase.TAIL,
                            "plan extension " + lanes.extensions() + " written",
                            Map.of(
                                    "partitions",
                                            Integer.toString(
                                                    arrivals.partitions().size()),
                                    "topics", join(arrivals.topics())));
        }
        return first;
    }

    private Look report(
            long extensions,
            NavigableSet<PartitionId> added,
            NavigableSet<PartitionId> pending,
            Map<TopicName, String> conflicts) {
        List<String> sentences = conflicts.values().stream().distinct().toList();
        run.write(run.objects().result(REPORT), new GrowthReport(now(), extensions, added, pending, sentences));
        if (!sentences.isEmpty()) {
            run.journal()
                    .append(
                            Phase.TAIL,
                            "plan not extended",
                            Map.of("conflicts", String.join("; ", sentences), "topics", join(conflicts.keySet())));
        }
        return new Look(List.copyOf(added), sentences);
    }

    private TopologyLedger ledger() {
        return run.find(run.objects().result("topology"), TopologyLedger.class).orElseGet(TopologyLedger::empty);
    }

    private ClusterInventory inventory(ClusterSide side) throws InterruptedException {
        return new InventoryReader(side == ClusterSide.SOURCE ? run.source() : run.target(), side, waiting).read();
    }

    private static Map<TopicName, TopicId> idsOf(Map<TopicName, SourceTopic> topics) {
        Map<TopicName, TopicId> ids = new TreeMap<>();
        topics.forEach((name, topic) -> {
            if (topic.id() != null) {
                ids.put(name, topic.id());
            }
        });
        return ids;
    }

    private static Set<TopicName> topicsOf(Collection<PartitionId> partitions) {
        return partitions.stream().map(PartitionId::topic).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String join(Collection<TopicName> topics) {
        return topics.stream().map(TopicName::value).collect(Collectors.joining(", "));
    }

    private Instant now() {
        return run.surroundings().clock().instant();
    }
}
