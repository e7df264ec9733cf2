package io.kraftlift.access.restart;

import io.kraftlift.access.cutover.MigrationHalt;
import io.kraftlift.access.restart.CreatedTopics.There;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicId;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.TopicOrigin;
import io.kraftlift.core.topology.TopologyLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Deletes the topics of the target that a migration made, so that it can begin anew. In this order: everything is halted;
 * no worker is alive; the topics are proven to hold what the lanes wrote and nothing else, and to be used by nobody; their
 * ids are noted; they are deleted by id. Done again after a crash at any of these, it proves what is still there and does what
 * is left: a topic that somebody made meanwhile under a name of ours has another id, and is not touched.
 */
public final class TargetClearing {
    private static final int NAMED_AT_MOST = 20;

    private final MigrationRun run;

    public TargetClearing(MigrationRun run) {
        this.run = run;
    }

    /**
     * What is to be deleted, {@code results/cleared-target.json}.
     *
     * @param format 1
     * @param clusterId of the target
     * @param topics by name, each with its id
     */
    public record Report(int format, Instant at, String clusterId, Map<TopicName, TopicId> topics) {
        static final int FORMAT = 1;

        public Report {
            if (format != FORMAT) {
                throw new IllegalArgumentException("cleared target: format must be 1, was " + format);
            }
            topics = java.util.Collections.unmodifiableMap(new TreeMap<>(topics));
        }
    }

    /**
     * Clears.
     *
     * @return what was deleted, now or before a crash
     * @throws OperatorActionNeeded COMMIT_ALREADY_MADE after the cutover, TARGET_IN_USE when a topic is not as the lanes left
     *     it or is used, TOPOLOGY_CONFLICT when the records are not all on topics that the migration made
     * @throws io.kraftlift.core.failures.TryAgain LANE_LEASE_HELD while a worker may be alive
     */
    public Report clear() throws InterruptedException {
        boolean unused = MigrationHalt.of(run, "clearing the target");
        Optional<TopologyLedger> ledger = run.find(run.objects().result("topology"), TopologyLedger.class);
        Map<PartitionId, LaneTraces.Trace> traces = new LaneTraces(run).read();
        CreatedTopics topics = new CreatedTopics(run);
        String cluster = topics.clusterId();
        requireSameCluster(cluster);
        requireNothingOnOthers(ledger, traces);
        Optional<Report> noted = run.find(run.objects().result("cleared-target"), Report.class);
        Map<TopicName, There> there = topics.there(noted.map(
                        report -> (Set<TopicName>) new TreeSet<>(report.topics().keySet()))
                .orElseGet(() -> ledger.map(TopologyLedger::created).orElse(Set.of())));
        noted.ifPresent(report -> there.values()
                .removeIf(topic -> !topic.id().equals(report.topics().get(topic.name()))));
        requireOurs(there.values(), traces);
        Report report = noted.orElseGet(() -> note(cluster, there.values()));
        topics.delete(there.values());
        return report;
    }

    private Report note(String cluster, Collection<There> topics) {
        Map<TopicName, TopicId> ids = new TreeMap<>();
        topics.forEach(topic -> ids.put(topic.name(), topic.id()));
        Report report = new Report(Report.FORMAT, run.surroundings().clock().instant(), cluster, ids);
        run.write(run.objects().result("cleared-target"), report);
        return report;
    }

    private void requireSameCluster(String cluster) {
        run.find(run.objects().plan("target.json"), ClusterInventory.class).ifPresent(planned -> {
            if (!planned.clusterId().equals(cluster)) {
                throw new OperatorActionNeeded(
                        FailureName.CONFIGURATION_CHANGED,
                        "target: must be the cluster " + planned.clusterId() + " that the migration was begun on, is "
                                + cluster
                                + "; clear the target with the configuration that the migration was begun with, or begin"
                                + " another migration under a new id");
            }
        });
    }

    /** Records on a topic that was there before cannot be taken away without deleting somebody's topic. */
    private static void requireNothingOnOthers(
            Optional<TopologyLedger> ledger, Map<PartitionId, LaneTraces.Trace> traces) {
        Set<TopicName> written = new TreeSet<>();
        traces.forEach((partition, trace) -> {
            if (trace.written() > 0) {
                written.add(partition.topic());
            }
        });
        List<String> found = ledger.stream()
                .flatMap(made -> made.topics().stream())
                .filter(topic -> topic.origin() == TopicOrigin.FOUND && written.contains(topic.name()))
                .map(topic -> topic.name().value())
                .toList();
        if (!found.isEmpty()) {
            throw new OperatorActionNeeded(
                    FailureName.TOPOLOGY_CONFLICT,
                    "target: only topics that the migration made are deleted, but it wrote to these, which were there"
                            + " before: " + some(found)
                            + "; delete them by hand if nobody needs them, or begin another migration that excludes them");
        }
    }

    private void requireOurs(Collection<There> topics, Map<PartitionId, LaneTraces.Trace> traces)
            throws InterruptedException {
        if (topics.isEmpty()) {
            return;
        }
        List<PartitionId> partitions =
                topics.stream().flatMap(topic -> topic.all().stream()).toList();
        List<String> findings = new ArrayList<>(new OwnLogs(run, traces).findings(partitions));
        Set<TopicName> names = new TreeSet<>();
        topics.forEach(topic -> names.add(topic.name()));
        findings.addAll(new TopicUsers(run.target()).of(names));
        if (!findings.isEmpty()) {
            throw new OperatorActionNeeded(
                    FailureName.TARGET_IN_USE,
                    "target: the topics to delete must hold what was copied and be used by nobody, but "
                            + findings.size()
                            + " findings: " + some(findings)
                            + "; nothing was deleted; stop who uses them, or begin another migration under a new id");
        }
    }

    private static String some(List<String> all) {
        return String.join(", ", all.subList(0, Math.min(NAMED_AT_MOST, all.size())));
    }
}
