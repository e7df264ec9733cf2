package io.kraftlift.core.cutover;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cutover was given up, and a person who stopped the producers must let them go on, {@code
 * results/producers-by-hand.json}.
 *
 * @param at since when
 * @param attempt of the freeze; null when it was given up before one began
 */
public record ReleaseByHand(Instant at, @Nullable Integer attempt) {
    /** The result's name. */
    public static final String NAME = "producers-by-hand";
}
