package io.kraftlift.core.inventory;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A broker.
 *
 * @param rack the availability zone, where the broker has one
 * @param configs the effective broker settings named in {@link BrokerSetting}, those that the broker has
 */
public record BrokerInventory(
        int id, String host, int port, @Nullable String rack, Reading<Map<String, String>> configs) {
    public BrokerInventory {
        configs = configs.fold(
                values -> Reading.known(Collections.unmodifiableMap(new TreeMap<>(values))), Reading::unreadable);
    }
}
