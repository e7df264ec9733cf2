package io.kraftlift.local.workload;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Fills an empty source with what real clusters hold: every codec, holes, transactions, tombstones, groups that lag. */
public final class DemoData {
    /** A topic's records are sent in so many parts, so that every partition gets several batches at any scale. */
    private static final int PARTS = 6;

    private final DemoScale scale;
    private final DemoClients clients;
    private final Instant now;
    private final Map<DemoTopic, Sent> sent = new EnumMap<>(DemoTopic.class);

    private DemoData(DemoScale scale, DemoClients clients, Instant now) {
        this.scale = scale;
        this.clients = clients;
        this.now = now;
    }

    /**
     * Creates the topics, sends the records, waits until the compacted topic has been compacted, and commits the groups'
     * positions.
     *
     * @param bootstrap a cluster in which none of the topics exists
     * @param scale how much to send
     * @param clock records carry times of the hour before it
     * @return what the cluster holds now
     * @throws IllegalStateException when the cluster refuses something, or does not compact in time
     */
    public static DemoContents fill(String bootstrap, DemoScale scale, InstantSource clock) {
        return new DemoData(scale, new DemoClients(bootstrap), clock.instant()).fill();
    }

    private DemoContents fill() {
        createTopics();
        ExecutorService workers = Executors.newFixedThreadPool(2);
        try {
            // The compacted topic first: the broker compacts it while the others are filled.
            List<CompletableFuture<Void>> fills = new ArrayList<>();
            for (DemoTopic topic : fillOrder()) {
                fills.add(CompletableFuture.runAsync(() -> fillTopic(topic), workers));
            }
            fills.forEach(CompletableFuture::join);
        } finally {
            workers.shutdownNow();
        }
        replaceRecords(DemoTopic.AUDIT, deleteOldAudit());
        VisibleOffsets customers = new Compaction(clients).await(DemoTopic.CUSTOMERS);
        replaceRecords(DemoTopic.CUSTOMERS, customers.records());
        VisibleOffsets ledger = VisibleOffsets.read(clients, DemoTopic.LEDGER);
        List<DemoContents.Group> groups = new DemoGroups(clients).create(customers, ledger);
        return new DemoContents(describe(), groups);
    }

    private static List<DemoTopic> fillOrder() {
        var order = new ArrayList<>(Arrays.asList(DemoTopic.values()));
        order.remove(DemoTopic.CUSTOMERS);
        order.add(0, DemoTopic.CUSTOMERS);
        return order;
    }

    private void createTopics() {
        List<NewTopic> topics = Arrays.stream(DemoTopic.values())
                .map(topic -> new NewTopic(topic.topic(), topic.partitions(), (short) 1).configs(topic.configs()))
                .toList();
        try (Admin admin = clients.admin()) {
            DemoClients.result(admin.createTopics(topics).all());
        }
    }

    private void fillTopic(DemoTopic topic) {
        var records = new DemoRecords(topic, scale, now);
        long visible = switch (topic) {
            case CUSTOMERS, SESSIONS -> sendKeyed(topic, records);
            case LEDGER -> new LedgerTransactions(clients, records).send(topic.bytesOf(scale));
            case DOCUMENTS -> sendDocuments(topic, records);
            case EDGE_CASES -> sendEdgeCases(topic, records);
            case EMPTY, LIVE -> 0;
            case ORDERS, PAYMENTS, CLICKS, TELEMETRY, RAW_EVENTS, AUDIT, GATEWAY_LOG -> sendJson(topic, records);
        };
        synchronized (sent) {
            sent.put(topic, new Sent(visible, records.bytes()));
        }
    }

    private long sendJson(DemoTopic topic, DemoRecords records) {
        return inParts(topic, records, records::json);
    }

    private long sendKeyed(DemoTopic topic, DemoRecords records) {
        // About 300 bytes a record and 8 versions a key.
        int keys = Math.toIntExact(Math.max(40, topic.bytesOf(scale) / 2_400));
        if (topic == DemoTopic.CUSTOMERS) {
            new Compaction(clients).makeEager(topic, topic.bytesOf(scale));
        }
        return inParts(topic, records, () -> records.keyed(keys));
    }

    private long sendDocuments(DemoTopic topic, DemoRecords records) {
        int[] sizes = {1, 17, 900_000, 0, 3_000, 1, 64_000, 250, 450_000, 12_000, 1, 100_000};
        try (Sender sender = sender(topic)) {
            while (records.bytes() < topic.bytesOf(scale) || records.made() < 2L * sizes.length) {
                sender.send(records.sized(sizes[(int) (records.made() % sizes.length)]));
            }
        }
        return records.made();
    }

    private long sendEdgeCases(DemoTopic topic, DemoRecords records) {
        try (Sender sender = sender(topic)) {
            for (int round = 0; round < 60; round++) {
                byte[] key = DemoRecords.ascii("edge-" + round);
                byte[] value = DemoRecords.ascii("value-" + round);
                var headers = new RecordHeaders();
                headers.add("null", null);
                headers.add("empty", new byte[0]);
                headers.add("twice", DemoRecords.ascii("1"));
                headers.add("twice", DemoRecords.ascii("2"));
                sender.send(records.next(key, value, headers));
                sender.send(records.next(key, null, new RecordHeaders()));
                sender.send(records.next(key, new byte[0], new RecordHeaders()));
                sender.send(records.next(null, value, new RecordHeaders()));
                sender.send(records.next(null, null, new RecordHeaders()));
                sender.send(records.next(new byte[0], value, new RecordHeaders()));
                if (round % 10 == 9) {
                    sender.flush();
                }
            }
        }
        return records.made();
    }

    private long inParts(DemoTopic topic, DemoRecords records, NextRecord next) {
        long bytes = topic.bytesOf(scale);
        try (Sender sender = sender(topic)) {
            for (int part = 1; part <= PARTS; part++) {
                while (records.bytes() < bytes * part / PARTS || records.made() < topic.partitions() * 20L * part) {
                    sender.send(next.make());
                }
                sender.flush();
            }
        }
        return records.made();
    }

    private Sender sender(DemoTopic topic) {
        return new Sender(clients.producer(Map.of("compression.type", topic.codec())));
    }

    /** Deletes two fifths of every partition; the records that are left. */
    private long deleteOldAudit() {
        try (var consumer = clients.consumer(Map.of());
                Admin admin = clients.admin()) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(DemoClients.partitions(DemoTopic.AUDIT));
            var before = new HashMap<TopicPartition, RecordsToDelete>();
            ends.forEach((partition, end) -> before.put(partition, RecordsToDelete.beforeOffset(end * 2 / 5)));
            DemoClients.result(admin.deleteRecords(before).all());
            return ends.values().stream().mapToLong(end -> end - end * 2 / 5).sum();
        }
    }

    private void replaceRecords(DemoTopic topic, long visible) {
        synchronized (sent) {
            sent.computeIfPresent(topic, (same, whole) -> new Sent(visible, whole.bytes()));
        }
    }

    private List<DemoContents.Topic> describe() {
        return Arrays.stream(DemoTopic.values())
                .map(topic -> {
                    Sent whole = sent.getOrDefault(topic, new Sent(0, 0));
                    return new DemoContents.Topic(
                            topic.topic(), topic.partitions(), whole.visible(), whole.bytes(), topic.about());
                })
                .toList();
    }

    private record Sent(long visible, long bytes) {}

    private interface NextRecord {
        ProducerRecord<byte[], byte[]> make();
    }
}
