package io.kraftlift.access.cutover;

import io.kraftlift.access.groups.ParallelReads;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.cutover.SentinelsReport;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.util.Map;

/**
 * Ends every partition that is copied with a sentinel and asks the lanes to copy exactly to it. Repeated within a freeze it writes no
 * second set, unless the first was not yet noted down; then the first ones are copied like any record.
 */
public final class SentinelPublication {
    static final String NAME = "sentinels";

    private final MigrationRun run;

    public SentinelPublication(MigrationRun run) {
        this.run = run;
    }

    /** Publishes, notes down, and sets DRAIN. */
    public StepReport publish() throws InterruptedException {
        Stopwatch watch = Stopwatch.start(run.surroundings().clock());
        FreezeObject freezes = new FreezeObject(run);
        Freeze freeze = freezes.requireProven("publishing sentinels");
        SentinelsReport report = run.find(run.objects().result(NAME), SentinelsReport.class)
                .filter(earlier -> earlier.attempt() == freeze.attempt())
                .orElse(null);
        if (report == null) {
            Duration patience = Patience.within(freeze, watch.now());
            Map<PartitionId, SourceOffset> sentinels;
            try (ParallelReads threads = new ParallelReads();
                    SentinelPublisher publisher =
                            new SentinelPublisher(run.config().source(), patience)) {
                sentinels = publisher.publish(
                        threads, run.migration(), PlannedLanes.of(run).live(threads));
            }
            report = new SentinelsReport(freeze.attempt(), watch.startedAt(), watch.now(), sentinels);
        }
        ObjectReference reference = run.write(run.objects().result(NAME), report);
        freezes.requireProven("setting DRAIN");
        new ControlObject(run).drain(report.ends());
        return new StepReport(reference, watch.millis());
    }

    /** The sentinels of this very freeze. */
    static SentinelsReport of(MigrationRun run, Freeze freeze) {
        SentinelsReport report = run.read(run.objects().result(NAME), SentinelsReport.class);
        if (report.attempt() != freeze.attempt()) {
            throw new InvariantBroken(
                    FailureName.DEFECT,
                    "results/sentinels.json: must be of attempt " + freeze.attempt() + ", was of " + report.attempt());
        }
        return report;
    }
}
