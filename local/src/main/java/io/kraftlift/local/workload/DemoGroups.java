package io.kraftlift.local.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Gives the demo's source consumer groups in every position that a migration must move. None is left with a member. */
final class DemoGroups {
    private static final Duration POLL = Duration.ofMillis(100);

    /** A group of one member is balanced within a second; a busy machine takes this long at worst. */
    private static final int POLLS_TO_BE_ASSIGNED = 300;

    private final DemoClients clients;
    private final List<DemoContents.Group> groups = new ArrayList<>();

    DemoGroups(DemoClients clients) {
        this.clients = clients;
    }

    /** Creates all groups, given what a reader sees of the compacted and of the transactional topic. */
    List<DemoContents.Group> create(VisibleOffsets customers, VisibleOffsets ledger) {
        try (Admin admin = clients.admin()) {
            commit(admin, "demo-halfway", "in the middle", at(DemoTopic.PAYMENTS, span -> span.middle()));
            commit(admin, "demo-at-end", "at the end", at(DemoTopic.CLICKS, Span::end));
            commit(
                    admin,
                    "demo-some-partitions",
                    "commits in one partition only",
                    at(DemoTopic.RAW_EVENTS, Span::middle).entrySet().stream()
                            .filter(entry -> entry.getKey().partition() == 3)
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
            commit(admin, "demo-in-hole", "in holes that compaction made", holes(customers));
            commit(admin, "demo-in-transaction", "on aborted records and markers", holes(ledger));
            commit(admin, "demo-below-start", "below the log start", at(DemoTopic.AUDIT, span -> span.start() / 2));
            commit(
                    admin,
                    "demo-empty-topic",
                    "at the start of a topic without records",
                    at(DemoTopic.EMPTY, Span::start));
            commit(admin, "demo-several-topics", "in several topics, with commit metadata", severalTopics());
        }
        joinWithoutReading("demo-fresh", DemoTopic.ORDERS);
        consume("demo-subscriber", List.of(DemoTopic.TELEMETRY, DemoTopic.SESSIONS));
        consume("demo-ledger-reader", List.of(DemoTopic.LEDGER));
        return List.copyOf(groups);
    }

    private Map<TopicPartition, OffsetAndMetadata> severalTopics() {
        var all = new HashMap<TopicPartition, OffsetAndMetadata>();
        Stream.of(DemoTopic.ORDERS, DemoTopic.GATEWAY_LOG, DemoTopic.EDGE_CASES)
                .forEach(topic -> at(topic, span -> span.end() / 3)
                        .forEach((partition, offset) -> all.put(
                                partition,
                                new OffsetAndMetadata(
                                        offset.offset(), "batch=" + offset.offset() + ";of=" + partition))));
        return all;
    }

    private Map<TopicPartition, OffsetAndMetadata> at(DemoTopic topic, ToLongFunction<Span> where) {
        List<TopicPartition> partitions = DemoClients.partitions(topic);
        try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer(Map.of())) {
            Map<TopicPartition, Long> start = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            return partitions.stream()
                    .collect(Collectors.toMap(
                            partition -> partition,
                            partition -> new OffsetAndMetadata(where.applyAsLong(
                                    new Span(start.getOrDefault(partition, 0L), end.getOrDefault(partition, 0L))))));
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> holes(VisibleOffsets visible) {
        var all = new HashMap<TopicPartition, OffsetAndMetadata>();
        visible.seen()
                .keySet()
                .forEach(partition ->
                        visible.hole(partition).ifPresent(offset -> all.put(partition, new OffsetAndMetadata(offset))));
        return all;
    }

    private void commit(Admin admin, String group, String about, Map<TopicPartition, OffsetAndMetadata> offsets) {
        DemoClients.result(admin.alterConsumerGroupOffsets(group, offsets).all());
        List<String> topics = offsets.keySet().stream()
                .map(TopicPartition::topic)
                .distinct()
                .sorted()
                .toList();
        groups.add(new DemoContents.Group(group, topics, about));
    }

    private void joinWithoutReading(String group, DemoTopic topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = member(group, List.of(topic))) {
            var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
            consumer.beginningOffsets(consumer.assignment())
                    .forEach((partition, start) -> offsets.put(partition, new OffsetAndMetadata(start)));
            consumer.commitSync(offsets);
        }
        groups.add(new DemoContents.Group(group, List.of(topic.topic()), "had a member that read nothing"));
    }

    /** Reads a few polls' worth, commits and leaves, as an application that is stopped does. */
    private void consume(String group, List<DemoTopic> topics) {
        try (KafkaConsumer<byte[], byte[]> consumer = member(group, topics)) {
            int read = 0;
            for (int poll = 0; read < 300 && poll < POLLS_TO_BE_ASSIGNED; poll++) {
                read += consumer.poll(POLL).count();
                consumer.commitSync();
            }
        }
        groups.add(new DemoContents.Group(
                group, topics.stream().map(DemoTopic::topic).toList(), "was consuming and has stopped"));
    }

    private KafkaConsumer<byte[], byte[]> member(String group, List<DemoTopic> topics) {
        KafkaConsumer<byte[], byte[]> consumer = clients.consumer(
                Map.of("group.id", group, "max.poll.records", 50, "max.partition.fetch.bytes", 65_536));
        consumer.subscribe(topics.stream().map(DemoTopic::topic).toList());
        for (int poll = 0; consumer.assignment().isEmpty(); poll++) {
            if (poll == POLLS_TO_BE_ASSIGNED) {
                consumer.close();
                throw new IllegalStateException(group + ": partitions must be assigned, none was in "
                        + POLL.multipliedBy(POLLS_TO_BE_ASSIGNED) + " to read " + Arrays.toString(topics.toArray()));
            }
            consumer.poll(Duration.ZERO.plus(POLL));
        }
        consumer.seekToBeginning(consumer.assignment());
        return consumer;
    }

    private record Span(long start, long end) {
        long middle() {
            return (start + end) / 2;
        }
    }
}
