package io.kraftlift.access.report;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.stores.RetainingStore;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what is to be kept: locked for {@code evidence.retention} where the store can lock. A bucket that was made without
 * Object Lock takes the evidence unlocked, since a night's proof without a lock is better than none.
 *
 * <p>Mutable, confined to one thread.
 */
public final class EvidenceStore {
    private static final Logger LOG = LoggerFactory.getLogger(EvidenceStore.class);

    private final ObjectStore store;
    private final Period retention;
    private final Instant until;
    private boolean locks;

    public EvidenceStore(MigrationRun run) {
        this.store = run.evidence();
        this.retention = run.config().evidence().retention();
        Instant now = run.surroundings().clock().instant();
        this.until = now.atZone(ZoneOffset.UTC).plus(retention).toInstant();
        this.locks = store instanceof RetainingStore;
    }

    /** For how long what is written is locked; empty where the store does not lock. */
    Optional<Period> lockedFor() {
        return locks ? Optional.of(retention) : Optional.empty();
    }

    /**
     * Writes unless the key exists; returns whether it did.
     *
     * @throws OperatorActionNeeded ACCESS_DENIED when writing or locking is not allowed
     */
    public boolean putIfAbsent(ObjectKey key, byte[] content) {
        if (locks && store instanceof RetainingStore retaining) {
            try {
                return retaining.putRetained(key, ByteBuffer.wrap(content), until);
            } catch (OperatorActionNeeded e) {
                if (e.failureName() != FailureName.CONFIGURATION_WRONG) {
                    throw e;
                }
                LOG.atWarn().addKeyValue("error", e.toString()).log("the evidence store does not lock");
                locks = false;
            }
        }
        return store.putIfAbsent(key, ByteBuffer.wrap(content));
    }
}
