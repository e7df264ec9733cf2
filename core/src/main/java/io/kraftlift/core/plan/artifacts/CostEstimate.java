package io.kraftlift.core.plan.artifacts;

import java.math.BigDecimal;
import java.util.List;

/**
 * What AWS may charge for a migration, {@code plan/cost-estimate.json}: a range, because how long the tail runs until
 * somebody approves is not known.
 *
 * @param format 1
 * @param currency USD
 * @param region of the prices
 * @param notes what is not in it, and what to look at, a sentence each
 */
public record CostEstimate(
        int format,
        String currency,
        String region,
        BigDecimal lowUsd,
        BigDecimal highUsd,
        List<CostItem> items,
        List<String> notes) {
    public static final int FORMAT = 1;

    public CostEstimate {
        if (format != FORMAT) {
            throw new IllegalArgumentException("cost estimate: format must be 1, was " + format);
        }
        items = List.copyOf(items);
        notes = List.copyOf(notes);
    }
}
