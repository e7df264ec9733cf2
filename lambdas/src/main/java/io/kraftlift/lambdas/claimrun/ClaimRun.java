package io.kraftlift.lambdas.claimrun;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.statemachine.payloads.ClaimRunResult;
import java.util.Map;

/** Makes an execution the owner of its migration, and opens the journal. */
public final class ClaimRun {
    private static final String PLAN_ONLY = "PLAN_ONLY";

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
        return new ClaimRunResult(resumed, run.fingerprint().hex());
    }
}
