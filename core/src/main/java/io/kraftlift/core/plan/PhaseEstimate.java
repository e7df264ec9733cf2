package io.kraftlift.core.plan;

import io.kraftlift.core.migration.Phase;

/**
 * How long a phase may take.
 *
 * @param lowSeconds when everything goes well
 * @param highSeconds when it does not; a phase may still take longer
 * @param basis what the numbers come from, a sentence
 */
public record PhaseEstimate(Phase phase, long lowSeconds, long highSeconds, String basis) {
    public PhaseEstimate {
        if (lowSeconds < 0 || highSeconds < lowSeconds) {
            throw new IllegalArgumentException("estimate of " + phase + ": must be 0 or above and low before high, was "
                    + lowSeconds + " to " + highSeconds);
        }
    }
}
