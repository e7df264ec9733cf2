package io.kraftlift.access.kafka;

import io.kraftlift.core.inventory.QuotaRule;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;

/** Quota entities in our words and in the client's, which writes the default entity as null. */
final class QuotaEntities {
    private QuotaEntities() {}

    static Map<String, String> named(ClientQuotaEntity entity) {
        Map<String, String> named = new TreeMap<>();
        entity.entries().forEach((kind, name) -> named.put(kind, name == null ? QuotaRule.DEFAULT : name));
        return named;
    }

    @SuppressWarnings("NullAway") // the client's map holds null for the default entity, and is not annotated so
    static ClientQuotaEntity entity(Map<String, String> named) {
        Map<String, @Nullable String> entries = new HashMap<>();
        named.forEach((kind, name) -> entries.put(kind, name.equals(QuotaRule.DEFAULT) ? null : name));
        return new ClientQuotaEntity(entries);
    }
}
