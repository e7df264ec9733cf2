package io.kraftlift.access.cutover;

import io.kraftlift.access.groups.ParallelReads;
import io.kraftlift.access.kafka.SelectedTopics;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.LanePlans;
import io.kraftlift.core.lanes.LaneStatus;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.plan.Coverage;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The lanes of the plan, and what their workers say. */
final class PlannedLanes {
    private final MigrationRun run;
    private final List<LanePlan> plans;

    private PlannedLanes(MigrationRun run, List<LanePlan> plans) {
        this.run = run;
        this.plans = plans;
    }

    static PlannedLanes of(MigrationRun run) {
        return new PlannedLanes(
                run, run.read(run.objects().plan("lanes.json"), LanePlans.class).lanes());
    }

    List<LanePlan> plans() {
        return plans;
    }

    /** Every planned partition, in order. */
    List<PartitionId> partitions() {
        return plans.stream()
                .flatMap(plan -> plan.partitions().stream())
                .map(LanePartition::partition)
                .sorted()
                .toList();
    }

    /** How the lanes fit the source's topics now. */
    Coverage coverage(Duration timeout) throws InterruptedException {
        List<PartitionId> planned = partitions();
        return Coverage.of(
                planned, new SelectedTopics(run.source(), run.config().topics()).partitions(planned, timeout));
    }

    Map<LaneId, LaneStatus> statuses(ParallelReads reads) throws InterruptedException {
        return reads.read(lanes(plans), lane -> run.find(run.objects().status(lane), LaneStatus.class));
    }

    Map<LaneId, Checkpoint> checkpoints(ParallelReads reads, Collection<LanePlan> asked) throws InterruptedException {
        return reads.read(lanes(asked), lane -> run.find(run.objects().checkpoint(lane), Checkpoint.class));
    }

    /** How far each planned partition is, as its lane's checkpoint vouches; partitions without one are missing. */
    Map<PartitionId, PartitionProgress> progress(ParallelReads reads) throws InterruptedException {
        Map<PartitionId, PartitionProgress> progress = new TreeMap<>();
        checkpoints(reads, plans).values().forEach(checkpoint -> progress.putAll(checkpoint.partitions()));
        progress.keySet().retainAll(partitions());
        return progress;
    }

    static Map<PartitionId, SourceOffset> durableTo(Map<PartitionId, PartitionProgress> progress) {
        Map<PartitionId, SourceOffset> durable = new TreeMap<>();
        progress.forEach((partition, copied) -> durable.put(partition, copied.sourceNext()));
        return durable;
    }

    private static List<LaneId> lanes(Collection<LanePlan> plans) {
        return plans.stream().map(LanePlan::lane).toList();
    }
}
