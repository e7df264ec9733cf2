package io.kraftlift.core.plan.artifacts;

import java.math.BigDecimal;

/**
 * A line of the estimate: a quantity between two bounds, times its price.
 *
 * @param unit what the quantities and the price count
 * @param lowUsd rounded to cents
 * @param highUsd rounded to cents
 * @param basis how the quantities come about, a sentence
 */
public record CostItem(
        PricedThing item,
        String unit,
        BigDecimal lowQuantity,
        BigDecimal highQuantity,
        Price price,
        BigDecimal lowUsd,
        BigDecimal highUsd,
        String basis) {}
