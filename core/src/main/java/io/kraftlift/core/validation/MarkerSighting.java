package io.kraftlift.core.validation;

import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.offsets.Translation;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.validation.CopiedPartition.LogRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sentinel that is a transaction's marker. Markers are not copied, so that it is found by where the copy ends:
 *
 * <ol>
 *   <li>the source's log has the marker at its offset,
 *   <li>the copy is known beyond the marker and has no record from its offset on, so that the marker stands for the end of
 *       the copy, a target offset,
 *   <li>the target's log reaches that offset, and does not begin after it.
 * </ol>
 *
 * @param source where the source's log had it when it was published
 * @param onSource what is there now
 * @param place what the offset map makes of its offset
 * @param target the target's log; null when the target has no such partition
 */
public record MarkerSighting(
        PartitionId partition,
        SourceOffset source,
        OnSource onSource,
        Translation place,
        @Nullable LogRange target) implements SentinelSighting {
    /** What the source's log has at a marker's offset. */
    public enum OnSource {
        THERE(Outcome.PASSED, "is there"),
        /** The log is shorter, or has something else there: it is not the log that the marker was written to. */
        NOT_THERE(Outcome.FAILED, "is not in the source's log, which ends before it or has something else there"),
        /** Retention or compaction was there first; nobody can look at the marker again. */
        CLEANED_AWAY(
                Outcome.WARNING,
                "cannot be looked at again: retention, compaction or a deletion has removed it from the source since it was"
                        + " published");

        private final Outcome outcome;
        private final String text;

        OnSource(Outcome outcome, String text) {
            this.outcome = outcome;
            this.text = text;
        }
    }

    @Override
    public Optional<Objection> objection() {
        List<String> wrong = new ArrayList<>();
        if (onSource != OnSource.THERE) {
            wrong.add(onSource.text);
        }
        String onTarget = place.fold(new Translation.Cases<>(
                exact -> "is not the end of the copy: the record at target offset " + exact.target()
                        + " was copied from its offset",
                survivor -> "is not the end of the copy: the record at target offset " + survivor.target()
                        + " was copied from beyond it",
                end -> notReached(end.target()),
                below -> "is below the copy, which begins at target offset " + below.first(),
                unknown -> "was not reached by the copy (" + unknown.why() + ")"));
        if (!onTarget.isEmpty()) {
            wrong.add(onTarget);
        }
        if (wrong.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Objection(
                onTarget.isEmpty() ? onSource.outcome : Outcome.FAILED,
                "the marker at source offset " + source + " " + String.join(", and ", wrong)));
    }

    /** Why the target's log does not hold the end of the copy; empty when it does. */
    private String notReached(TargetOffset end) {
        String stands = "stands for target offset " + end + ", but the target ";
        if (target == null) {
            return stands + "has no such partition";
        }
        if (target.end() < end.value()) {
            return stands + "ends at " + target.end();
        }
        return target.start() > end.value() ? stands + "begins at " + target.start() : "";
    }
}
