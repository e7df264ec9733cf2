package io.kraftlift.benchmarks.data;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * What is to be copied.
 *
 * @param records committed records by partition, those with any
 * @param logicalBytes of keys, values and headers of committed records
 * @param wireBytes of the record batches on the source's disk
 */
public record DataSet(Map<TopicPartition, Long> records, long logicalBytes, long wireBytes) {
    public DataSet {
        records = Map.copyOf(records);
    }

    public long allRecords() {
        return records.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The topics' names. */
    public Set<String> topics() {
        Set<String> names = new TreeSet<>();
        records.keySet().forEach(partition -> names.add(partition.topic()));
        return names;
    }

    /** How many partitions of a topic must be on the target. */
    public int partitionsOf(String topic) {
        return records.keySet().stream()
                        .filter(partition -> partition.topic().equals(topic))
                        .mapToInt(TopicPartition::partition)
                        .max()
                        .orElse(0)
                + 1;
    }
}
