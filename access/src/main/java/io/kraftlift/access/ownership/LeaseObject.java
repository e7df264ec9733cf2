package io.kraftlift.access.ownership;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.stores.StoredObject;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The lease of a migration in the backup store. Every change is a conditional replacement: of two executions that want the
 * migration at once one gets it, and the other sees whose it is.
 *
 * <p>An owner that has lost the migration may not know: it was stopped, somebody took over, and it is redriven. So the
 * owner's generation goes with every call of a function and with every worker, and {@link #require} refuses an earlier one.
 */
public final class LeaseObject {
    /** Few write the lease at once, and each change is a few milliseconds long. */
    private static final int TRIES = 20;

    private final ObjectStore store;
    private final ObjectKey key;

    public LeaseObject(ObjectStore store, MigrationObjects objects) {
        this.store = store;
        this.key = objects.lease();
    }

    public LeaseObject(MigrationRun run) {
        this(run.backup(), run.objects());
    }

    /** The run in the restart that its lease says; in the first where nobody has had it. Like the given one to be closed. */
    public static MigrationRun inLatestRestart(MigrationRun run) {
        return run.inRestart(
                new LeaseObject(run).find().map(MigrationLease::restart).orElse(0));
    }

    public Optional<MigrationLease> find() {
        return store.get(key).map(this::read);
    }

    /**
     * Changes the lease.
     *
     * @param change from the present lease, empty where there is none, to the next; asked anew when somebody else was faster;
     *     what it throws leaves the lease as it is
     * @return the next lease, which is in the store
     * @throws TryAgain STORE_UNREACHABLE when others keep changing it
     */
    public MigrationLease change(UnaryOperator<Optional<MigrationLease>> change) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Optional<StoredObject> stored = store.get(key);
            Optional<MigrationLease> present = stored.map(this::read);
            MigrationLease next = change.apply(present).orElseThrow();
            if (present.filter(next::equals).isPresent()) {
                return next;
            }
            ByteBuffer json = ByteBuffer.wrap(Documents.write(next));
            boolean written = stored.isPresent()
                    ? store.replace(key, stored.get().version(), json).isPresent()
                    : store.putIfAbsent(key, json);
            if (written) {
                return next;
            }
        }
        throw new TryAgain(
                FailureName.STORE_UNREACHABLE, key + ": somebody else kept changing it, in " + TRIES + " tries");
    }

    /**
     * Changes the lease of an owner that still has the migration.
     *
     * @param generation the owner's
     * @throws OperatorActionNeeded MIGRATION_OWNED_BY_ANOTHER_RUN when it has not
     */
    public MigrationLease change(long generation, UnaryOperator<MigrationLease> change) {
        return change(present -> {
            requireGeneration(present, generation);
            return present.map(change);
        });
    }

    /**
     * Lets an owner go on that still has the migration.
     *
     * @param generation the owner's
     * @throws OperatorActionNeeded MIGRATION_OWNED_BY_ANOTHER_RUN when it has not
     */
    public void require(long generation) {
        requireGeneration(find(), generation);
    }

    private void requireGeneration(Optional<MigrationLease> present, long generation) {
        if (present.filter(lease -> lease.generation() == generation).isEmpty()) {
            throw new OperatorActionNeeded(
                    FailureName.MIGRATION_OWNED_BY_ANOTHER_RUN,
                    store.root() + key.value() + ": must have generation " + generation + ", has "
                            + present.map(lease -> lease.generation() + ", of execution " + lease.owner())
                                    .orElse("none")
                            + "; this execution has lost the migration and does nothing more, look at the other one");
        }
    }

    private MigrationLease read(StoredObject object) {
        return Documents.read(object.content(), MigrationLease.class, key.value());
    }
}
