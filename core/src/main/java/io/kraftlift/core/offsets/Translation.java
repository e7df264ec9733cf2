package io.kraftlift.core.offsets;

import java.util.function.Function;

/**
 * Where on the target a consumer continues that would next read a given offset on the source. Five answers, and no
 * other; {@link #fold} makes every caller say what each means to it.
 */
public sealed interface Translation {
    /** The record at the source offset was copied to {@code target}. */
    record Exact(TargetOffset target) implements Translation {}

    /**
     * The source offset holds no record that was copied (compacted away, a transaction marker, an aborted batch, a
     * recorded gap); {@code target} is the next record that was.
     */
    record NextSurvivor(TargetOffset target) implements Translation {}

    /** Everything before the source offset was copied and nothing at or after it; {@code target} is the copied end. */
    record EndOfLog(TargetOffset target) implements Translation {}

    /** The source offset lies before the first offset that was copied; {@code first} is the copied start. */
    record BelowRange(TargetOffset first) implements Translation {}

    /** The map cannot tell; {@code why} says what is missing. */
    record Unknown(String why) implements Translation {}

    /** What to make of each answer. */
    record Cases<R>(
            Function<Exact, R> exact,
            Function<NextSurvivor, R> nextSurvivor,
            Function<EndOfLog, R> endOfLog,
            Function<BelowRange, R> belowRange,
            Function<Unknown, R> unknown) {}

    default <R> R fold(Cases<R> cases) {
        if (this instanceof Exact exact) {
            return cases.exact().apply(exact);
        }
        if (this instanceof NextSurvivor nextSurvivor) {
            return cases.nextSurvivor().apply(nextSurvivor);
        }
        if (this instanceof EndOfLog endOfLog) {
            return cases.endOfLog().apply(endOfLog);
        }
        if (this instanceof BelowRange belowRange) {
            return cases.belowRange().apply(belowRange);
        }
        return cases.unknown().apply((Unknown) this);
    }
}
