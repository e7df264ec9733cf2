package io.kraftlift.core.groups;

import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import org.jspecify.annotations.Nullable;

/**
 * One position in a report.
 *
 * @param source the offset committed on the source
 * @param target where the copy says that the group continues; null when it cannot be said
 * @param committed what the target's group has committed as far as is known; null when nothing or when it is active
 * @param note for people; null when there is nothing to say
 */
public record PositionReport(
        SourceOffset source,
        PositionKind kind,
        @Nullable TargetOffset target,
        @Nullable TargetOffset committed,
        PositionOutcome outcome,
        @Nullable String note) {
    /** Whether a person should look at it. */
    public boolean isWarning() {
        return kind.isWarning() || outcome.isWarning();
    }
}
