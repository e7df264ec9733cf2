package io.kraftlift.core.groups;

/** What became of one position on the target. */
public enum PositionOutcome {
    COMMITTED(false),
    ALREADY_THERE(false),
    /** Somebody else's commit stays. */
    KEPT_ON_TARGET(true),
    /** The group has members on the target. */
    ACTIVE_ON_TARGET(true),
    NOT_COMMITTED(false);

    private final boolean warning;

    PositionOutcome(boolean warning) {
        this.warning = warning;
    }

    /** Whether a person should look at it, whatever the {@link PositionKind} is. */
    public boolean isWarning() {
        return warning;
    }

    /** Whether the target now has the position that this migration wants. */
    public boolean isCarriedOver() {
        return this == COMMITTED || this == ALREADY_THERE;
    }
}
