package io.kraftlift.lambdas.cleartarget;

import io.kraftlift.access.ownership.LeaseObject;
import io.kraftlift.access.ownership.MigrationLease;
import io.kraftlift.access.restart.TargetClearing;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.statemachine.payloads.ClearTargetResult;
import io.kraftlift.statemachine.payloads.RunReference;
import java.util.Map;

/**
 * Deletes from the target what the migration made there, then moves the lease on to the next restart, whose objects lie in a
 * folder of their own. A crash before that is cleared again; after it there is nothing left to do.
 */
final class ClearTarget {
    private final MigrationRun run;

    ClearTarget(MigrationRun run) {
        this.run = run;
    }

    /**
     * Clears.
     *
     * @throws io.kraftlift.core.failures.OperatorActionNeeded TARGET_IN_USE, TOPOLOGY_CONFLICT, COMMIT_ALREADY_MADE
     * @throws io.kraftlift.core.failures.TryAgain LANE_LEASE_HELD while a worker may be alive
     */
    ClearTargetResult clear(RunReference reference) throws InterruptedException {
        Long generation = reference.generation();
        if (generation == null) {
            throw new InvariantBroken(
                    FailureName.DEFECT, "clearing the target: the migration must be claimed, was not");
        }
        LeaseObject object = new LeaseObject(run);
        int restart = reference.restartOrFirst();
        int topics = 0;
        if (object.find().filter(lease -> lease.restart() == restart).isPresent()) {
            topics = new TargetClearing(run).clear().topics().size();
        }
        MigrationLease lease =
                object.change(generation, present -> present.restart() == restart ? present.cleared() : present);
        run.journal()
                .append(
                        Phase.PLANNED,
                        "target cleared",
                        Map.of(
                                "topics_deleted", Integer.toString(topics),
                                "restart", Integer.toString(lease.restart())));
        return new ClearTargetResult(reference.claimed(generation, lease.restart()), topics);
    }
}
