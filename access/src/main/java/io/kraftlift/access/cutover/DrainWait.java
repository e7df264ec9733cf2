package io.kraftlift.access.cutover;

import io.kraftlift.access.groups.ParallelReads;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.cutover.DrainedReport;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.cutover.LaneDrain;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Waits until every partition is durable on the target up to its sentinel, with its offset map. */
public final class DrainWait {
    static final String NAME = "drained";

    /** A poll reads one small object for each lane that is not done; producers are waiting. */
    private static final Duration POLL = Duration.ofMillis(25);

    private static final int NAMED_AT_MOST = 20;

    private final MigrationRun run;

    public DrainWait(MigrationRun run) {
        this.run = run;
    }

    /**
     * Waits.
     *
     * @throws OperatorActionNeeded DRAIN_TIMED_OUT naming what lags when the freeze's deadline passes; FREEZE_NOT_PROVEN when
     *     a record came after a sentinel and was copied
     */
    public StepReport await() throws InterruptedException {
        Stopwatch watch = Stopwatch.start(run.surroundings().clock());
        Freeze freeze = new FreezeObject(run).requireProven("draining");
        Map<PartitionId, SourceOffset> ends =
                SentinelPublication.of(run, freeze).ends();
        PlannedLanes lanes = PlannedLanes.of(run);
        List<LanePlan> waitedFor = new ArrayList<>(lanes.plans());
        int polls = 0;
        try (ParallelReads reads = new ParallelReads()) {
            while (true) {
                List<String> missing = drop(lanes.checkpoints(reads, waitedFor), waitedFor, ends);
                polls++;
                if (waitedFor.isEmpty()) {
                    break;
                }
                if (!watch.now().isBefore(freeze.deadline())) {
                    throw new OperatorActionNeeded(FailureName.DRAIN_TIMED_OUT, timedOut(missing));
                }
                run.surroundings().sleeper().sleep(POLL);
            }
        }
        DrainedReport report = new DrainedReport(
                freeze.attempt(), watch.startedAt(), watch.now(), lanes.plans().size(), ends.size(), polls);
        return new StepReport(run.write(run.objects().result(NAME), report), watch.millis());
    }

    /** Takes the lanes that are done off the list; says what is missing of the others. */
    private static List<String> drop(
            Map<LaneId, Checkpoint> checkpoints, List<LanePlan> waitedFor, Map<PartitionId, SourceOffset> ends) {
        List<String> missing = new ArrayList<>();
        waitedFor.removeIf(plan -> {
            LaneDrain drain = LaneDrain.of(plan, checkpoints.get(plan.lane()), ends);
            if (!drain.beyond().isEmpty()) {
                throw new OperatorActionNeeded(
                        FailureName.FREEZE_NOT_PROVEN,
                        "source: records came after the sentinels of " + drain.beyond()
                                + "; stop the producers of these topics, then approve the cutover again");
            }
            missing.addAll(drain.missing());
            return drain.isComplete();
        });
        return missing;
    }

    private static String timedOut(List<String> missing) {
        return "cutover.max_producer_freeze has passed before the copy reached every sentinel: "
                + String.join(", ", missing.subList(0, Math.min(NAMED_AT_MOST, missing.size())))
                + (missing.size() > NAMED_AT_MOST ? " and " + (missing.size() - NAMED_AT_MOST) + " more" : "")
                + "; see that every worker runs, raise cutover.max_producer_freeze if the lag is due to load, then"
                + " approve the cutover again";
    }
}
