package io.kraftlift.local.workload;

import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Which offsets of a topic a reader of committed records sees, found by reading it all.
 *
 * @param start the log starts
 * @param end the offsets after the last
 * @param seen the offsets that were read
 */
record VisibleOffsets(
        Map<TopicPartition, Long> start, Map<TopicPartition, Long> end, Map<TopicPartition, BitSet> seen) {
    private static final Duration POLL = Duration.ofMillis(200);

    static VisibleOffsets read(DemoClients clients, DemoTopic topic) {
        var partitions = DemoClients.partitions(topic);
        try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer(Map.of())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> start = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            var seen = new HashMap<TopicPartition, BitSet>();
            partitions.forEach(partition -> seen.put(partition, new BitSet()));
            while (end.entrySet().stream().anyMatch(entry -> consumer.position(entry.getKey()) < entry.getValue())) {
                consumer.poll(POLL)
                        .forEach(record -> seen.computeIfAbsent(
                                        new TopicPartition(record.topic(), record.partition()),
                                        partition -> new BitSet())
                                .set(Math.toIntExact(record.offset())));
            }
            return new VisibleOffsets(start, end, seen);
        }
    }

    long records() {
        return seen.values().stream().mapToLong(BitSet::cardinality).sum();
    }

    boolean hasHole(TopicPartition partition) {
        return hole(partition).isPresent();
    }

    /** An offset between two visible ones that is not visible itself: the last there is. */
    OptionalLong hole(TopicPartition partition) {
        BitSet offsets = seen.getOrDefault(partition, new BitSet());
        int last = offsets.length() - 1;
        int hole = last < 0 ? -1 : offsets.previousClearBit(last);
        boolean afterFirst = hole > offsets.nextSetBit(0) && offsets.nextSetBit(0) >= 0;
        return afterFirst ? OptionalLong.of(hole) : OptionalLong.empty();
    }
}
