package io.kraftlift.replicator;

import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;

/** How a worker's process ends; part of its interface. The last line on its standard error is the failure's message. */
enum ExitStatus {
    /** The work of the mode is done, and its result manifest is written. */
    DONE(0),
    /** A failure without a name: a bug. */
    UNNAMED_FAILURE(1),
    /** A person has to act first. */
    OPERATOR_ACTION_NEEDED(10),
    /** The same run may succeed later. */
    TRY_AGAIN(20),
    /** Something was seen that must never be. */
    INVARIANT_BROKEN(30);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static ExitStatus of(Throwable failure) {
        if (failure instanceof OperatorActionNeeded) {
            return OPERATOR_ACTION_NEEDED;
        }
        if (failure instanceof TryAgain) {
            return TRY_AGAIN;
        }
        return failure instanceof InvariantBroken ? INVARIANT_BROKEN : UNNAMED_FAILURE;
    }
}
