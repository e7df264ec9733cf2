package io.kraftlift.lambdas.claimrun;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.stores.StoredObject;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A migration's lease, {@code lease.json}: it belongs to one execution at a time. There is no time-to-live; an execution
 * may wait for a person for days. Another execution gets the lease only after the owner released it.
 *
 * <p>The configuration may change between two owners until something was made on the target; from then on lanes, ledger
 * and target follow from it, and it has to stay.
 */
public final class MigrationLease {
    private final MigrationRun run;
    private final ObjectStore store;
    private final ObjectKey key;

    public MigrationLease(MigrationRun run) {
        this.run = run;
        this.store = run.backup();
        this.key = run.objects().lease();
    }

    /**
     * Takes the lease, or keeps it: a redrive is the same execution.
     *
     * @param execution the execution's ARN
     * @return whether an earlier execution had the migration
     * @throws OperatorActionNeeded MIGRATION_OWNED_BY_ANOTHER_RUN, CONFIGURATION_CHANGED
     */
    public boolean claim(String execution) {
        while (true) {
            Optional<StoredObject> stored = store.get(key);
            if (stored.isEmpty()) {
                LeaseDocument first = LeaseDocument.first(
                        execution, run.fingerprint(), run.surroundings().clock().instant());
                if (store.putIfAbsent(key, bytes(first))) {
                    return false;
                }
                continue;
            }
            LeaseDocument lease = read(stored.get());
            rejectUnless(lease, execution);
            if (lease.owner().equals(execution) && !lease.released()) {
                return lease.generation() > 1;
            }
            LeaseDocument taken = lease.takenOver(
                    execution, run.fingerprint(), run.surroundings().clock().instant());
            if (store.replace(key, stored.get().version(), bytes(taken)).isPresent()) {
                return true;
            }
        }
    }

    /**
     * Says whether {@link #claim} would succeed, and changes nothing.
     *
     * @return whether an earlier execution had the migration
     * @throws OperatorActionNeeded as {@link #claim} does
     */
    public boolean check(String execution) {
        Optional<LeaseDocument> lease = store.get(key).map(this::read);
        lease.ifPresent(there -> rejectUnless(there, execution));
        return lease.isPresent();
    }

    /** Gives the lease up for whoever has it, so that another execution may take it. Without a lease nothing happens. */
    public void release() {
        while (true) {
            Optional<StoredObject> stored = store.get(key);
            if (stored.isEmpty() || read(stored.get()).released()) {
                return;
            }
            LeaseDocument released = read(stored.get()).givenUp();
            if (store.replace(key, stored.get().version(), bytes(released)).isPresent()) {
                return;
            }
        }
    }

    private void rejectUnless(LeaseDocument lease, String execution) {
        boolean same = lease.owner().equals(execution);
        if (!same && !lease.released()) {
            throw new OperatorActionNeeded(
                    FailureName.MIGRATION_OWNED_BY_ANOTHER_RUN,
                    "migration " + run.migration() + " belongs to execution " + lease.owner() + " since "
                            + lease.claimedAt()
                            + "; redrive that execution, or stop it and start this one again when it has been cleaned"
                            + " up");
        }
        if (!lease.fingerprint().equals(run.fingerprint()) && (same || hasBegun())) {
            throw new OperatorActionNeeded(
                    FailureName.CONFIGURATION_CHANGED,
                    "migration " + run.migration() + " was begun with configuration " + lease.fingerprint()
                            + ", this one is " + run.fingerprint()
                            + "; start with the earlier configuration, or begin another migration under a new id");
        }
    }

    /** The topology ledger is written before anything is made on the target. */
    private boolean hasBegun() {
        return store.get(run.objects().result("topology")).isPresent();
    }

    private LeaseDocument read(StoredObject object) {
        return Documents.read(object.content(), LeaseDocument.class, key.value());
    }

    private static ByteBuffer bytes(LeaseDocument lease) {
        return ByteBuffer.wrap(Documents.write(lease));
    }
}
