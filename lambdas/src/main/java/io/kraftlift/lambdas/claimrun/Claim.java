package io.kraftlift.lambdas.claimrun;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.config.SettingChange;
import io.kraftlift.access.config.SettingChanges;
import io.kraftlift.access.cutover.CutoverProgress;
import io.kraftlift.access.ownership.LeaseObject;
import io.kraftlift.access.ownership.MigrationLease;
import io.kraftlift.access.ownership.MigrationLease.Claimant;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.statemachine.Mode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules by which an execution gets a migration. Nobody is driven out: an execution that runs, or is about to be redriven,
 * keeps what it has. One that has ended loses it to the next that asks, and cannot win it back by a redrive: its generation
 * has passed.
 *
 * <p>The configuration may change between two owners until something was made on the target. From then on lanes, ledger and
 * target follow from it, and only those settings may change that nothing was built on.
 */
final class Claim {
    private static final Set<String> ENDED = Set.of("FAILED", "TIMED_OUT", "ABORTED");
    private static final String SUCCEEDED = "SUCCEEDED";

    private final MigrationRun first;
    private final OwnerStatus owners;

    /**
     * A claim.
     *
     * @param first the migration as it was before any restart
     */
    Claim(MigrationRun first, OwnerStatus owners) {
        this.first = first;
        this.owners = owners;
    }

    /**
     * What a claim led to.
     *
     * @param lease as it is now
     * @param isNew whether this call made it so; a repeated call finds what it did
     * @param accepted changes of the configuration that the migration goes by from now on
     */
    record Outcome(MigrationLease lease, boolean isNew, List<SettingChange> accepted) {}

    /**
     * Takes the lease, or keeps it: a redrive is the same execution.
     *
     * @throws OperatorActionNeeded MIGRATION_OWNED_BY_ANOTHER_RUN, CONFIGURATION_CHANGED, MIGRATION_ROLLED_BACK,
     *     COMMIT_ALREADY_MADE
     */
    Outcome take(Claimant claimant, Mode mode) {
        LeaseObject object = new LeaseObject(first);
        Optional<MigrationLease> before = object.find();
        MigrationLease lease = object.change(present -> Optional.of(
                present.map(there -> next(there, claimant, mode)).orElseGet(() -> MigrationLease.first(claimant))));
        List<SettingChange> changes = before.filter(there -> there.generation() == lease.generation() - 1)
                .map(there -> SettingChanges.between(there.settings(), claimant.settings()))
                .orElse(List.of());
        return new Outcome(lease, before.filter(lease::equals).isEmpty(), changes);
    }

    /**
     * Says whether an execution that only plans may do so, and changes nothing.
     *
     * @return the lease of the execution that has the migration, which is then this one
     * @throws OperatorActionNeeded MIGRATION_OWNED_BY_ANOTHER_RUN
     */
    Optional<MigrationLease> check(String execution) {
        Optional<MigrationLease> lease = new LeaseObject(first).find();
        lease.filter(there -> !there.owner().equals(execution)).ifPresent(there -> {
            throw owned(there, "this one would replace its plan; wait until that migration has ended");
        });
        return lease;
    }

    private MigrationLease next(MigrationLease there, Claimant claimant, Mode mode) {
        if (there.owner().equals(claimant.execution())) {
            requireSameConfiguration(there, claimant);
            return there;
        }
        MigrationRun run = first.inRestart(there.restart());
        requireEnded(there, claimant.execution(), mode);
        requireFitting(there, run, mode);
        if (mode == Mode.MIGRATE && !there.clearing() && hasBegun(run)) {
            requireHarmless(there, claimant.settings());
        }
        MigrationLease taken = there.takenOver(claimant);
        return mode == Mode.RESTART ? taken.toClear() : taken;
    }

    private void requireEnded(MigrationLease lease, String execution, Mode mode) {
        Optional<String> status = owners.of(lease.owner());
        if (status.isEmpty() && !machineOf(lease.owner()).equals(machineOf(execution))) {
            throw owned(
                    lease,
                    "whether that has ended cannot be told from another state machine; start this one where that one is");
        }
        boolean over = lease.rolledBack() && status.filter(SUCCEEDED::equals).isPresent();
        if (status.isPresent() && !ENDED.contains(status.get()) && !over) {
            throw owned(
                    lease,
                    status.get().equals(SUCCEEDED)
                            ? "that has finished it; begin another migration under a new id"
                            : "that is " + status.get() + "; wait for it, or stop it and start this one again");
        }
        if (lease.rolledBack() && mode == Mode.MIGRATE) {
            throw new OperatorActionNeeded(
                    FailureName.MIGRATION_ROLLED_BACK,
                    "migration " + first.migration() + " was rolled back by execution " + lease.owner()
                            + "; begin it anew with kraftlift resume --force-restart, which deletes what it made on the"
                            + " target, or begin another migration under a new id");
        }
    }

    private static void requireFitting(MigrationLease lease, MigrationRun run, Mode mode) {
        if (mode == Mode.ROLLBACK || mode == Mode.RESTART) {
            CutoverProgress.requireNotCommitted(
                    run,
                    mode == Mode.ROLLBACK ? "rolling back" : "beginning anew after generation " + lease.generation());
        }
    }

    private void requireSameConfiguration(MigrationLease lease, Claimant claimant) {
        if (!lease.fingerprint().equals(claimant.fingerprint())) {
            throw changed(lease, SettingChanges.between(lease.settings(), claimant.settings()));
        }
    }

    private void requireHarmless(MigrationLease lease, JsonNode settings) {
        List<SettingChange> refused = SettingChanges.between(lease.settings(), settings).stream()
                .filter(SettingChange::isRefused)
                .toList();
        if (!refused.isEmpty()) {
            throw changed(lease, refused);
        }
    }

    private OperatorActionNeeded changed(MigrationLease lease, List<SettingChange> changes) {
        return new OperatorActionNeeded(
                FailureName.CONFIGURATION_CHANGED,
                "migration " + first.migration() + " was begun with other settings: "
                        + changes.stream().map(SettingChange::toString).collect(Collectors.joining("; "))
                        + "; start with " + lease.config().uri() + ", or begin another migration under a new id");
    }

    private OperatorActionNeeded owned(MigrationLease lease, String remedy) {
        return new OperatorActionNeeded(
                FailureName.MIGRATION_OWNED_BY_ANOTHER_RUN,
                "migration " + first.migration() + " belongs to execution " + lease.owner() + " since "
                        + lease.claimedAt() + ", and " + remedy);
    }

    /** The topology ledger is written before anything is made on the target. */
    private static boolean hasBegun(MigrationRun run) {
        return run.backup().get(run.objects().result("topology")).isPresent();
    }

    private static String machineOf(String executionArn) {
        return executionArn.substring(0, Math.max(0, executionArn.lastIndexOf(':')));
    }
}
