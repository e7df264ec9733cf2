package io.kraftlift.lambdas.claimrun;

import io.kraftlift.core.stores.Sha256;
import java.time.Instant;

/**
 * Who has a migration, {@code lease.json}.
 *
 * @param format 1
 * @param owner the execution's ARN
 * @param fingerprint of the owner's configuration
 * @param generation how many executions have had the migration, from 1
 * @param released whether the owner has given it up, so that another execution may take it
 */
record LeaseDocument(
        int format, String owner, Sha256 fingerprint, long generation, Instant claimedAt, boolean released) {
    static final int FORMAT = 1;

    LeaseDocument {
        if (format != FORMAT) {
            throw new IllegalArgumentException("lease: format must be 1, was " + format);
        }
    }

    static LeaseDocument first(String owner, Sha256 fingerprint, Instant now) {
        return new LeaseDocument(FORMAT, owner, fingerprint, 1, now, false);
    }

    LeaseDocument takenOver(String newOwner, Sha256 newFingerprint, Instant now) {
        return new LeaseDocument(FORMAT, newOwner, newFingerprint, generation + 1, now, false);
    }

    LeaseDocument givenUp() {
        return new LeaseDocument(FORMAT, owner, fingerprint, generation, claimedAt, true);
    }
}
