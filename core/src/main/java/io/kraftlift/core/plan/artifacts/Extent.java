package io.kraftlift.core.plan.artifacts;

import io.kraftlift.core.plan.MigrationPlan;
import io.kraftlift.core.plan.PhaseEstimate;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * How long data is replicated, and how much of it, from the first record until the clients switch.
 *
 * @param hoursLow hours, where the cutover is approved right away
 * @param hoursHigh hours, where it waits for a change window
 * @param copiedLow gigabytes of 10^9 bytes: what is there, and what is written in {@code hoursLow}
 * @param copiedHigh gigabytes: the same with {@code hoursHigh}
 */
record Extent(double hoursLow, double hoursHigh, double copiedLow, double copiedHigh) {
    /** The tail runs until somebody approves: right away, or after a change window three days later. */
    static final double WAITING_HOURS_LOW = 1;

    static final double WAITING_HOURS_HIGH = 72;

    private static final double GB = 1e9;
    private static final double SECONDS_PER_HOUR = 3_600;

    static Extent of(MigrationPlan plan) {
        double low = working(plan, PhaseEstimate::lowSeconds) + WAITING_HOURS_LOW;
        double high = working(plan, PhaseEstimate::highSeconds) + WAITING_HOURS_HIGH;
        double there = plan.totals().estimatedSeedBytes() / GB;
        return new Extent(low, high, there + written(plan, low), there + written(plan, high));
    }

    /** Hours of the phases that do not wait for a person. */
    private static double working(MigrationPlan plan, ToLongFunction<PhaseEstimate> bound) {
        return plan.estimates().stream().mapToLong(bound).sum() / SECONDS_PER_HOUR;
    }

    /** Gigabytes that come while the migration runs. */
    private static double written(MigrationPlan plan, double hours) {
        return Objects.requireNonNullElse(plan.totals().bytesLastHour(), 0L) / GB * hours;
    }
}
