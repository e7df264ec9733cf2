package io.kraftlift.core.plan.artifacts;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A price, and where it is from.
 *
 * @param usd for one of the unit of what is priced, 0 or above
 * @param asOf when it was valid, as {@code YYYY-MM} or {@code YYYY-MM-DD}
 * @param source where it stands, for a person who wants to check it
 */
public record Price(BigDecimal usd, String asOf, String source) {
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}(-[0-9]{2})?");

    public Price {
        if (usd.signum() < 0) {
            throw new IllegalArgumentException("price: usd must be 0 or above, was " + usd);
        }
        if (!DATE.matcher(asOf).matches()) {
            throw new IllegalArgumentException("price: as_of must be YYYY-MM or YYYY-MM-DD, was \"" + asOf + "\"");
        }
        if (source.isBlank()) {
            throw new IllegalArgumentException("price: source must say where it is from, was empty");
        }
    }
}
