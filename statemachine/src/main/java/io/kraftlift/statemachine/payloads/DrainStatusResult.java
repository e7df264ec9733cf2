package io.kraftlift.statemachine.payloads;

import io.kraftlift.core.stores.ObjectReference;
import org.jspecify.annotations.Nullable;

/**
 * One look at the lag.
 *
 * @param ready lag was within bounds during the whole stable window
 * @param report the drain-ready report that the approver sees; only when ready
 */
public record DrainStatusResult(
        boolean ready,
        long largestLag,
        long totalLag,
        @Nullable ObjectReference report) {}
