package io.kraftlift.core.inventory;

import io.kraftlift.core.topics.PartitionId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A consumer group.
 *
 * @param type {@code Classic}, {@code Consumer}, {@code Share}, {@code Streams}; {@code Unknown} on brokers that do not
 *     tell
 * @param protocol {@code consumer}, {@code connect}, or empty for groups that only commit
 * @param members how many there are now; null when the cluster did not tell
 * @param committed by partition, the offset that the group would read next
 */
public record GroupInventory(
        String id,
        String state,
        String type,
        String protocol,
        @Nullable Integer members,
        Reading<Map<PartitionId, Long>> committed) {
    public GroupInventory {
        committed = committed.fold(
                offsets -> Reading.known(Collections.unmodifiableMap(new TreeMap<>(offsets))), Reading::unreadable);
    }
}
