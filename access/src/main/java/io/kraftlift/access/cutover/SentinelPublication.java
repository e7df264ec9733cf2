package io.kraftlift.access.cutover;

import io.kraftlift.access.cutover.SentinelPublisher.Published;
import io.kraftlift.access.groups.ParallelReads;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.cutover.SentinelsReport;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.stores.ObjectReference;
import java.time.Duration;

/**
 * Ends every partition that is copied with a sentinel and asks the lanes to copy exactly to it. Repeated within a freeze it writes no
 * second set, unless the first was not yet noted down; then the later ones count, and the first are copied, or passed over,
 * like any record or marker.
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
            Published published;
            try (ParallelReads threads = new ParallelReads();
                    SentinelPublisher publisher = SentinelPublisher.of(run, patience)) {
                published = publisher.publish(threads, PlannedLanes.of(run).live(threads));
            }
            report = new SentinelsReport(
                    freeze.attempt(), watch.startedAt(), watch.now(), published.sentinels(), published.markers());
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
