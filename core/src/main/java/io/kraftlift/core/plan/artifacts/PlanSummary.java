package io.kraftlift.core.plan.artifacts;

import io.kraftlift.core.plan.ClusterSummary;
import io.kraftlift.core.plan.MigrationPlan;
import io.kraftlift.core.plan.PlannedTopic;
import io.kraftlift.core.plan.SkipReason;
import io.kraftlift.core.plan.SkippedTopic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan on one screen.
 *
 * @param skippedInternal topics of the cluster itself, which never move
 * @param sampleTopics those with the most bytes
 */
public record PlanSummary(
        Cluster source,
        Cluster target,
        int topicsToCreate,
        int partitionsToCreate,
        int topics,
        int partitions,
        long estimatedSeedBytes,
        int groups,
        int lanes,
        List<String> skippedInternal,
        int skippedOther,
        List<Sample> sampleTopics) {
    private static final int SAMPLES = 5;

    /** A cluster as MSK and its brokers call it. */
    public record Cluster(String name, String metadata, String kafka, int brokers) {
        static Cluster of(ClusterSummary cluster) {
            return new Cluster(
                    cluster.shownName(), cluster.metadata().name(), cluster.shownVersion(), cluster.brokers());
        }

        String line(String side) {
            return side + "=" + name + " metadata=" + metadata + " kafka=" + kafka + " brokers=" + brokers;
        }
    }

    /** A topic. */
    public record Sample(String name, int partitions, int replicationFactor, long bytes) {
        static Sample of(PlannedTopic topic) {
            return new Sample(
                    topic.design().name().value(),
                    topic.design().partitions(),
                    topic.design().replicationFactor(),
                    topic.bytes());
        }
    }

    public static PlanSummary of(MigrationPlan plan) {
        List<String> internal = plan.skippedTopics().stream()
                .filter(topic -> topic.reason() == SkipReason.INTERNAL)
                .map(SkippedTopic::name)
                .map(Object::toString)
                .toList();
        return new PlanSummary(
                Cluster.of(plan.source()),
                Cluster.of(plan.target()),
                plan.totals().topicsToCreate(),
                plan.totals().partitionsToCreate(),
                plan.totals().topics(),
                plan.totals().partitions(),
                plan.totals().estimatedSeedBytes(),
                plan.groups().size(),
                plan.lanes().size(),
                internal,
                plan.skippedTopics().size() - internal.size(),
                plan.topics().stream()
                        .sorted(Comparator.comparingLong(PlannedTopic::bytes)
                                .reversed()
                                .thenComparing(topic -> topic.design().name()))
                        .limit(SAMPLES)
                        .map(Sample::of)
                        .toList());
    }

    /** For a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(source.line("source"));
        lines.add(target.line("target"));
        lines.add("topics_to_create=" + topicsToCreate);
        lines.add("partitions_to_create=" + partitionsToCreate);
        lines.add("topics=" + topics + " partitions=" + partitions + " groups=" + groups + " lanes=" + lanes);
        lines.add("estimated_seed_bytes=" + estimatedSeedBytes);
        lines.add("skipped_internal="
                + skippedInternal.stream().map(name -> '"' + name + '"').collect(Collectors.joining(",", "[", "]")));
        if (skippedOther > 0) {
            lines.add("skipped_by_configuration=" + skippedOther);
        }
        lines.add("sample topics:");
        sampleTopics.forEach(topic -> lines.add("  " + topic.name() + " partitions=" + topic.partitions() + " rf="
                + topic.replicationFactor() + " bytes=" + topic.bytes()));
        return lines;
    }
}
