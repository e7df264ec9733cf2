package io.kraftlift.lambdas.claimrun;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.config.CutoverSettings;
import io.kraftlift.core.config.ValidationMode;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.statemachine.payloads.ClaimRunResult;
import io.kraftlift.statemachine.payloads.MachineTimings;
import java.time.Duration;
import java.util.Map;

/** Makes an execution the owner of its migration, and opens the journal. */
public final class ClaimRun {
    private static final String PLAN_ONLY = "PLAN_ONLY";

    /** A poll costs nine events of the child's history, which holds 25,000: nearly four hours of polls. */
    private static final long SLOWEST_POLL_SECONDS = 5;

    private final MigrationRun run;

    public ClaimRun(MigrationRun run) {
        this.run = run;
    }

    /**
     * Claims. A PLAN_ONLY execution changes nothing on the clusters, so it takes no lease; it is refused where another
     * execution has one, whose plan it would replace.
     *
     * @param execution the execution's ARN
     * @param mode MIGRATE or PLAN_ONLY
     */
    public ClaimRunResult claim(String execution, String mode) {
        MigrationLease lease = new MigrationLease(run);
        boolean resumed = mode.equals(PLAN_ONLY) ? lease.check(execution) : lease.claim(execution);
        run.journal()
                .append(
                        Phase.PLANNED,
                        "migration claimed",
                        Map.of(
                                "execution",
                                execution,
                                "mode",
                                mode,
                                "fingerprint",
                                run.fingerprint().hex(),
                                "resumed",
                                Boolean.toString(resumed)));
        return new ClaimRunResult(
                resumed,
                run.fingerprint().hex(),
                timings(run.config().cutover()),
                run.config().validation().mode() == ValidationMode.FULL,
                run.config().cutover().producerFreezeWebhook() == null);
    }

    /** The lag is looked at twice in the stable window, and every {@value #SLOWEST_POLL_SECONDS} seconds at least. */
    private static MachineTimings timings(CutoverSettings cutover) {
        return new MachineTimings(
                seconds(cutover.drainTimeout()),
                Math.min(
                        SLOWEST_POLL_SECONDS,
                        seconds(cutover.drainStableWindow().dividedBy(2))),
                seconds(cutover.approvalTimeout()),
                seconds(cutover.maxProducerFreeze()));
    }

    private static long seconds(Duration duration) {
        return Math.max(1, duration.toSeconds());
    }
}
