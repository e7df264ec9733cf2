package io.kraftlift.core.groups;

import io.kraftlift.core.groups.TranslatedPosition.Found;
import io.kraftlift.core.groups.TranslatedPosition.LeftOut;
import io.kraftlift.core.offsets.TargetOffset;
import java.util.Optional;

/** What is done about one position of one group on the target. */
public sealed interface CommitDecision {
    /** How it stands in the report. */
    PositionReport report();

    /** What has to be committed; empty when nothing has. */
    default Optional<Found> toCommit() {
        return Optional.empty();
    }

    /** What the target must answer when it is read back; empty when it is not ours to say. */
    default Optional<TargetOffset> expected() {
        return Optional.empty();
    }

    /** The position is committed. */
    record Commit(Found position) implements CommitDecision {
        @Override
        public PositionReport report() {
            return new PositionReport(
                    position.source(),
                    position.kind(),
                    position.target(),
                    position.target(),
                    PositionOutcome.COMMITTED,
                    null);
        }

        @Override
        public Optional<Found> toCommit() {
            return Optional.of(position);
        }

        @Override
        public Optional<TargetOffset> expected() {
            return Optional.of(position.target());
        }
    }

    /** The target has the very position already. */
    record AlreadyThere(Found position) implements CommitDecision {
        @Override
        public PositionReport report() {
            return new PositionReport(
                    position.source(),
                    position.kind(),
                    position.target(),
                    position.target(),
                    PositionOutcome.ALREADY_THERE,
                    null);
        }

        @Override
        public Optional<TargetOffset> expected() {
            return Optional.of(position.target());
        }
    }

    /** Somebody else committed {@code there} on the target; it stays. */
    record KeptOnTarget(Found position, TargetOffset there) implements CommitDecision {
        @Override
        public PositionReport report() {
            return new PositionReport(
                    position.source(),
                    position.kind(),
                    position.target(),
                    there,
                    PositionOutcome.KEPT_ON_TARGET,
                    "the target's own commit " + there + " was kept; this migration would have committed "
                            + position.target());
        }
    }

    /** The group has members on the target; it stays theirs. */
    record ActiveOnTarget(Found position) implements CommitDecision {
        @Override
        public PositionReport report() {
            return new PositionReport(
                    position.source(),
                    position.kind(),
                    position.target(),
                    null,
                    PositionOutcome.ACTIVE_ON_TARGET,
                    "the group is active on the target and was not overwritten");
        }
    }

    /** There is no place on the target. */
    record NotTranslated(LeftOut position) implements CommitDecision {
        @Override
        public PositionReport report() {
            return new PositionReport(
                    position.source(), position.kind(), null, null, PositionOutcome.NOT_COMMITTED, position.why());
        }
    }
}
