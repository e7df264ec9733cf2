package io.kraftlift.core.inventory;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The limits of a client quota entity.
 *
 * @param entity by {@code user}, {@code client-id} or {@code ip}: the name, or {@link #DEFAULT} for the default entity
 * @param limits by Kafka's name of the limit, as {@code producer_byte_rate}
 */
public record QuotaRule(Map<String, String> entity, Map<String, Double> limits) {
    /** Stands for the default entity. Kafka's own tools print it so; a real name in these brackets is not supported. */
    public static final String DEFAULT = "<default>";

    public QuotaRule {
        entity = Collections.unmodifiableMap(new TreeMap<>(entity));
        limits = Collections.unmodifiableMap(new TreeMap<>(limits));
    }
}
