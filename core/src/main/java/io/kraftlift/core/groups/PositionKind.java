package io.kraftlift.core.groups;

/** How a committed position on the source relates to the copy. */
public enum PositionKind {
    /** The record at the committed offset was copied. */
    EXACT(false),
    /** The committed offset holds no record that was copied; the next one that was takes its place. */
    NEXT_SURVIVOR(false),
    /** The group has read everything. */
    END_OF_LOG(false),
    /** The group's next record was removed from the source before the copy began; it continues at the copied start. */
    BELOW_RANGE(false),
    /** The group committed beyond the end of the migrated log; it continues at the copied end. */
    CLIPPED_TO_END(true),
    /** The offset map cannot tell; nothing is committed. */
    UNKNOWN(true),
    /** The topic is not part of the migration; nothing is committed. */
    NOT_MIGRATED(false);

    private final boolean warning;

    PositionKind(boolean warning) {
        this.warning = warning;
    }

    /** Whether a person should look at it. */
    public boolean isWarning() {
        return warning;
    }
}
