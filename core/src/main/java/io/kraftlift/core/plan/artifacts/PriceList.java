package io.kraftlift.core.plan.artifacts;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;

/**
 * The prices of a region.
 *
 * @param format 1
 * @param region the AWS region that they hold in
 * @param prices one for each {@link PricedThing}
 */
public record PriceList(int format, String region, Map<PricedThing, Price> prices) {
    public static final int FORMAT = 1;

    public PriceList {
        if (format != FORMAT) {
            throw new IllegalArgumentException("price list: format must be 1, was " + format);
        }
        EnumSet<PricedThing> missing = EnumSet.allOf(PricedThing.class);
        missing.removeAll(prices.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("price list: must have every price, lacks " + missing);
        }
        prices = Collections.unmodifiableMap(new EnumMap<>(prices));
    }

    Price price(PricedThing thing) {
        return Objects.requireNonNull(prices.get(thing), "every thing has a price");
    }
}
