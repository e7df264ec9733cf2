package io.kraftlift.core.cutover;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The producer freeze, {@code results/freeze.json}. This one object decides between commit and release: both are moves
 * out of a frozen state, made by conditional replacement, so that exactly one of them happens.
 *
 * @param attempt from 1; every release makes the next freeze a new attempt
 * @param requestedAt when the freeze began: just before the producers' side was asked
 * @param deadline after which nothing may go on but the release
 * @param provenAt when the source's logs had been still; null before
 * @param endedAt when it was committed or released; null before
 */
public record Freeze(
        int attempt,
        FreezeState state,
        Instant requestedAt,
        Instant deadline,
        @Nullable Instant provenAt,
        @Nullable Instant endedAt) {
    /** The first freeze of a migration. */
    public static Freeze first(Instant now, Duration longest) {
        return new Freeze(1, FreezeState.REQUESTED, now, now.plus(longest), null, null);
    }

    /** Whether producers are, or may be, frozen and the cutover can still be given up. */
    public boolean isHeld() {
        return switch (state) {
            case REQUESTED, PROVEN, RELEASING -> true;
            case COMMITTED, RELEASED -> false;
        };
    }

    public boolean isCommitted() {
        return state == FreezeState.COMMITTED;
    }

    /** The freeze after a released one. */
    public Freeze next(Instant now, Duration longest) {
        require(state == FreezeState.RELEASED, "begin a new attempt");
        return new Freeze(attempt + 1, FreezeState.REQUESTED, now, now.plus(longest), null, null);
    }

    /** The logs were seen to be still. */
    public Freeze proven(Instant now) {
        requireInTime(now, FreezeState.REQUESTED, "prove the freeze");
        return new Freeze(attempt, FreezeState.PROVEN, requestedAt, deadline, now, null);
    }

    /** The cutover holds. After this there is no release. */
    public Freeze committed(Instant now) {
        requireInTime(now, FreezeState.PROVEN, "commit the cutover");
        return new Freeze(attempt, FreezeState.COMMITTED, requestedAt, deadline, provenAt, now);
    }

    /** The cutover is given up; after this there is no commit in this attempt. */
    public Freeze releasing() {
        require(isHeld(), "release the producers");
        return new Freeze(attempt, FreezeState.RELEASING, requestedAt, deadline, provenAt, null);
    }

    /** The producers go on. */
    public Freeze released(Instant now) {
        require(state == FreezeState.RELEASING, "confirm the release");
        return new Freeze(attempt, FreezeState.RELEASED, requestedAt, deadline, provenAt, now);
    }

    /** The key under which the producers' side recognises a repeated call. */
    public String idempotencyKey(String action) {
        return action + "-" + attempt;
    }

    /** What is left until the deadline; zero or negative when it has passed. */
    public Duration remaining(Instant now) {
        return Duration.between(now, deadline);
    }

    /**
     * Lets a step of the frozen window go on.
     *
     * @throws OperatorActionNeeded DRAIN_TIMED_OUT when the deadline has passed or the freeze was given up meanwhile
     */
    public void requireProven(Instant now, String step) {
        requireInTime(now, FreezeState.PROVEN, step);
    }

    private void requireInTime(Instant now, FreezeState expected, String step) {
        if (isCommitted()) {
            throw new OperatorActionNeeded(
                    FailureName.COMMIT_ALREADY_MADE,
                    step + ": the cutover of attempt " + attempt + " was committed at " + endedAt
                            + "; go on with the client switch");
        }
        if (state != expected) {
            throw new OperatorActionNeeded(
                    FailureName.DRAIN_TIMED_OUT,
                    step + ": the freeze of attempt " + attempt + " must be " + expected + ", was " + state
                            + "; the producers are released, approve the cutover again");
        }
        if (!now.isBefore(deadline)) {
            throw new OperatorActionNeeded(
                    FailureName.DRAIN_TIMED_OUT,
                    step + ": cutover.max_producer_freeze has passed (frozen since " + requestedAt + ", until "
                            + deadline + ", now " + now
                            + "); the producers are released, raise it or lower the lag, and approve the cutover again");
        }
    }

    private void require(boolean legal, String move) {
        if (!legal) {
            throw new OperatorActionNeeded(
                    isCommitted() ? FailureName.COMMIT_ALREADY_MADE : FailureName.DRAIN_TIMED_OUT,
                    move + ": the freeze of attempt " + attempt + " is " + state
                            + (isCommitted()
                                    ? "; producers must not write to the source again, go on with the client switch"
                                    : "; look at the journal, then approve the cutover again"));
        }
    }
}
