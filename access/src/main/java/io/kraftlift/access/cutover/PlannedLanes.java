package io.kraftlift.access.cutover;

import io.kraftlift.access.groups.ParallelReads;
import io.kraftlift.access.kafka.SelectedTopics;
import io.kraftlift.access.plans.StoredLanes;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.LaneStatus;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.plan.Coverage;
import io.kraftlift.core.plan.SourceTopic;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The lanes of the plan, and what their workers say. */
final class PlannedLanes {
    private final MigrationRun run;
    private final StoredLanes.Lanes lanes;

    private PlannedLanes(MigrationRun run, StoredLanes.Lanes lanes) {
        this.run = run;
        this.lanes = lanes;
    }

    static PlannedLanes of(MigrationRun run) {
        return new PlannedLanes(run, new StoredLanes(run.backup(), run.objects()).read());
    }

    List<LanePlan> plans() {
        return lanes.plans().lanes();
    }

    /** How many extensions the plan has. */
    long extensions() {
        return lanes.extensions();
    }

    /** Every planned partition, in order. */
    List<PartitionId> partitions() {
        return planned().map(LanePartition::partition).sorted().toList();
    }

    private Stream<LanePartition> planned() {
        return plans().stream().flatMap(plan -> plan.partitions().stream());
    }

    /** Every planned partition whose copy goes on, in order. */
    List<PartitionId> live(ParallelReads reads) throws InterruptedException {
        Set<PartitionId> ended = ended(reads);
        return partitions().stream()
                .filter(partition -> !ended.contains(partition))
                .toList();
    }

    /** The partitions whose copy has ended because their topic is no more on the source, as the checkpoints say. */
    Set<PartitionId> ended(ParallelReads reads) throws InterruptedException {
        return ended(checkpoints(reads, plans()).values());
    }

    static Set<PartitionId> ended(Collection<Checkpoint> checkpoints) {
        Set<PartitionId> ended = new TreeSet<>();
        checkpoints.forEach(checkpoint -> checkpoint.ended().forEach(ending -> ended.add(ending.partition())));
        return ended;
    }

    /** How the lanes fit the source's topics now. */
    Coverage coverage(ParallelReads reads, Duration timeout) throws InterruptedException {
        return coverage(reads, topics(timeout));
    }

    Coverage coverage(ParallelReads reads, Map<TopicName, SourceTopic> source) throws InterruptedException {
        return Coverage.of(planned().toList(), ended(reads), source);
    }

    /** The source's topics that are selected or planned, as they are now. */
    Map<TopicName, SourceTopic> topics(Duration timeout) throws InterruptedException {
        return new SelectedTopics(run.source(), run.config().topics()).read(partitions(), timeout);
    }

    Map<LaneId, LaneStatus> statuses(ParallelReads reads) throws InterruptedException {
        return reads.read(numbers(plans()), lane -> run.find(run.objects().status(lane), LaneStatus.class));
    }

    Map<LaneId, Checkpoint> checkpoints(ParallelReads reads, Collection<LanePlan> asked) throws InterruptedException {
        return reads.read(numbers(asked), lane -> run.find(run.objects().checkpoint(lane), Checkpoint.class));
    }

    /** How far each planned partition is, as its lane's checkpoint vouches; partitions without one are missing. */
    Map<PartitionId, PartitionProgress> progress(ParallelReads reads) throws InterruptedException {
        Map<PartitionId, PartitionProgress> progress = new TreeMap<>();
        checkpoints(reads, plans()).values().forEach(checkpoint -> progress.putAll(checkpoint.partitions()));
        progress.keySet().retainAll(partitions());
        return progress;
    }

    static Map<PartitionId, SourceOffset> durableTo(Map<PartitionId, PartitionProgress> progress) {
        Map<PartitionId, SourceOffset> durable = new TreeMap<>();
        progress.forEach((partition, copied) -> durable.put(partition, copied.sourceNext()));
        return durable;
    }

    private static List<LaneId> numbers(Collection<LanePlan> plans) {
        return plans.stream().map(LanePlan::lane).toList();
    }
}
