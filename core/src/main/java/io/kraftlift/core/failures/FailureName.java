package io.kraftlift.core.failures;

import static io.kraftlift.core.failures.FailureFamily.INVARIANT_BROKEN;
import static io.kraftlift.core.failures.FailureFamily.OPERATOR_ACTION_NEEDED;
import static io.kraftlift.core.failures.FailureFamily.TRY_AGAIN;

/**
 * Every way to fail, by name. The name stands in the thrown error, in the state machine's Retry and Catch (through its
 * family's class), in alarms, and as a heading of {@code docs/runbook.md}.
 */
public enum FailureName {
    CONFIGURATION_WRONG(OPERATOR_ACTION_NEEDED),
    PRECHECK_BLOCKED(OPERATOR_ACTION_NEEDED),
    ACCESS_DENIED(OPERATOR_ACTION_NEEDED),
    TOPOLOGY_CONFLICT(OPERATOR_ACTION_NEEDED),
    TOPIC_REMADE(OPERATOR_ACTION_NEEDED),
    RECORD_TOO_LARGE(OPERATOR_ACTION_NEEDED),
    FREEZE_REFUSED(OPERATOR_ACTION_NEEDED),
    FREEZE_NOT_PROVEN(OPERATOR_ACTION_NEEDED),
    DRAIN_TIMED_OUT(OPERATOR_ACTION_NEEDED),
    MIGRATION_OWNED_BY_ANOTHER_RUN(OPERATOR_ACTION_NEEDED),
    CONFIGURATION_CHANGED(OPERATOR_ACTION_NEEDED),
    COMMIT_ALREADY_MADE(OPERATOR_ACTION_NEEDED),
    MIGRATION_ROLLED_BACK(OPERATOR_ACTION_NEEDED),
    TARGET_IN_USE(OPERATOR_ACTION_NEEDED),
    VALIDATION_FAILED(OPERATOR_ACTION_NEEDED),
    LANE_LEASE_HELD(TRY_AGAIN),
    LANE_LOST(TRY_AGAIN),
    BROKER_UNREACHABLE(TRY_AGAIN),
    STORE_UNREACHABLE(TRY_AGAIN),
    SERVICE_UNREACHABLE(TRY_AGAIN),
    WORKER_DIED(TRY_AGAIN),
    FOREIGN_WRITER(INVARIANT_BROKEN),
    OBJECT_DAMAGED(INVARIANT_BROKEN),
    OBJECT_VERSION_UNKNOWN(INVARIANT_BROKEN),
    OFFSET_FLOOR_BROKEN(INVARIANT_BROKEN),
    LOG_TRUNCATED(INVARIANT_BROKEN),
    DEFECT(INVARIANT_BROKEN);

    private final FailureFamily family;

    FailureName(FailureFamily family) {
        this.family = family;
    }

    public FailureFamily family() {
        return family;
    }
}
