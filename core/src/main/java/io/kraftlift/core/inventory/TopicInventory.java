package io.kraftlift.core.inventory;

import io.kraftlift.core.topics.TopicName;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A topic.
 *
 * @param internal whether the cluster itself calls it internal
 * @param partitions ascending by index, from 0, dense
 * @param configs the settings that the topic has of its own
 * @param effective the values that hold for the settings in {@link TopicSetting#KEPT}, those that the cluster knows
 */
public record TopicInventory(
        TopicName name,
        boolean internal,
        List<PartitionInventory> partitions,
        Map<String, String> configs,
        Map<String, String> effective) {
    public TopicInventory {
        partitions = partitions.stream()
                .sorted(Comparator.comparingInt(PartitionInventory::index))
                .toList();
        configs = Collections.unmodifiableMap(new TreeMap<>(configs));
        effective = Collections.unmodifiableMap(new TreeMap<>(effective));
    }

    /** The most replicas of any partition. */
    public int replicationFactor() {
        return partitions.stream().mapToInt(PartitionInventory::replicas).max().orElse(0);
    }

    /** The value that holds for one of {@link TopicSetting#KEPT}; empty when the cluster does not know the setting. */
    public Optional<String> setting(String key) {
        return Optional.ofNullable(effective.get(key));
    }

    /** Bytes on disk, counting each partition once; partitions of unknown size count as 0. */
    public long bytes() {
        return partitions.stream()
                .mapToLong(partition -> partition.bytes() == null ? 0 : partition.bytes())
                .sum();
    }

    /** Whether any partition has, or once had, a record; a partition that could not be read counts as if it had. */
    public boolean hasRecords() {
        return partitions.stream()
                .anyMatch(partition ->
                        partition.offsets() == null || partition.offsets().end() > 0);
    }
}
