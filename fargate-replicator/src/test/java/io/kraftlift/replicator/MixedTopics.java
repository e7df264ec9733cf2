package io.kraftlift.replicator;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Topics of every kind that the mover must copy, on the source, and their counterparts on the target. */
final class MixedTopics {
    private static final List<String> CODECS = List.of("none", "gzip", "snappy", "lz4", "zstd");
    private static final long FIRST_TIMESTAMP = 1_700_000_000_000L;

    private static final Map<String, String> HOLDS = Map.of(
            "compression.type", "producer",
            "retention.ms", "-1",
            "message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE),
            "message.timestamp.before.max.ms", String.valueOf(Long.MAX_VALUE),
            "max.message.bytes", String.valueOf(8 << 20));

    private final String prefix;
    private final String source;
    private final Admin sourceAdmin;
    private final Random random;
    private final TreeSet<String> names = new TreeSet<>();
    private final List<Future<?>> sends = new ArrayList<>();
    private long written;

    MixedTopics(String prefix, String source, Admin sourceAdmin, long seed) {
        this.prefix = prefix;
        this.source = source;
        this.sourceAdmin = sourceAdmin;
        this.random = new Random(seed);
    }

    List<String> names() {
        return List.copyOf(names);
    }

    String name(String kind) {
        return prefix + "-" + kind;
    }

    /** Creates the topics, and fills them with {@code scale} times some dozens of records each. */
    void create(Admin targetAdmin, int scale) throws Exception {
        for (String codec : CODECS) {
            topic(codec, 2, Map.of());
        }
        createCompacted();
        topic("transactional", 2, Map.of());
        topic("append-time", 1, Map.of("message.timestamp.type", "LogAppendTime"));
        topic("started-late", 1, Map.of());
        topic("empty", 1, Map.of());
        createOnTarget(targetAdmin);
        fill(scale);
        for (int i = 0; i < 3; i++) {
            write("started-late", "lz4", 20);
        }
        sourceAdmin
                .deleteRecords(Map.of(new TopicPartition(name("started-late"), 0), RecordsToDelete.beforeOffset(27)))
                .all()
                .get();
    }

    /** Creates the topic that the cleaner keeps going over. */
    void createCompacted() throws Exception {
        topic(
                "compacted",
                1,
                Map.of(
                        "cleanup.policy",
                        "compact",
                        "min.cleanable.dirty.ratio",
                        "0.01",
                        "segment.ms",
                        "100",
                        "delete.retention.ms",
                        "100"));
    }

    private void createOnTarget(Admin targetAdmin) throws Exception {
        List<NewTopic> target = new ArrayList<>();
        for (var described :
                sourceAdmin.describeTopics(names).allTopicNames().get().values()) {
            target.add(new NewTopic(described.name(), described.partitions().size(), (short) 1).configs(HOLDS));
        }
        targetAdmin.createTopics(target).all().get();
    }

    /** Creates one topic on the source with settings of its own, empty. */
    void createOne(String kind, int partitions, Map<String, String> config) throws Exception {
        topic(kind, partitions, config);
    }

    /** Creates one topic on the source, empty. */
    void createOne(String kind, int partitions) throws Exception {
        topic(kind, partitions, Map.of());
    }

    /** Makes the target's counterparts anew, and waits until every broker knows. */
    void recreateOnTarget(Admin targetAdmin) throws Exception {
        Set<String> there = targetAdmin.listTopics().names().get();
        List<String> old = names.stream().filter(there::contains).toList();
        targetAdmin.deleteTopics(old).all().get();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> targetAdmin.listTopics().names().get().stream().noneMatch(names::contains));
        createOnTarget(targetAdmin);
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> targetAdmin.describeTopics(names).allTopicNames().get().values().stream()
                        .allMatch(topic -> topic.partitions().stream().allMatch(p -> p.leader() != null)));
    }

    /** Creates one topic on both sides, empty. */
    void createOne(Admin targetAdmin, String kind, int partitions) throws Exception {
        topic(kind, partitions, Map.of());
        createOnTarget(targetAdmin);
    }

    /** From now on the source compacts. */
    void startCompaction() throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name("compacted"));
        AlterConfigOp compact =
                new AlterConfigOp(new ConfigEntry("cleanup.policy", "compact"), AlterConfigOp.OpType.SET);
        sourceAdmin
                .incrementalAlterConfigs(Map.of(topic, List.of(compact)))
                .all()
                .get();
    }

    /** From now on the source keeps what it has, so that both sides can be compared later. */
    void stopCompaction() throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name("compacted"));
        List<AlterConfigOp> keep = List.of(
                new AlterConfigOp(new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET),
                new AlterConfigOp(new ConfigEntry("retention.ms", "-1"), AlterConfigOp.OpType.SET));
        sourceAdmin.incrementalAlterConfigs(Map.of(topic, keep)).all().get();
    }

    /** Adds records to every topic but the empty one. */
    void fill(int scale) throws Exception {
        for (int round = 0; round < scale; round++) {
            for (String codec : CODECS) {
                write(codec, codec, 30);
            }
            write("append-time", "snappy", 15);
            compactable();
            transactions();
        }
    }

    private void topic(String kind, int partitions, Map<String, String> config) throws Exception {
        Map<String, String> kept = new HashMap<>(config);
        kept.put("retention.ms", "-1");
        sourceAdmin
                .createTopics(List.of(new NewTopic(name(kind), partitions, (short) 1).configs(kept)))
                .all()
                .get();
        names.add(name(kind));
    }

    void write(String kind, String codec, int count) throws Exception {
        int partitions = Objects.requireNonNull(sourceAdmin
                        .describeTopics(List.of(name(kind)))
                        .allTopicNames()
                        .get()
                        .get(name(kind)))
                .partitions()
                .size();
        try (KafkaProducer<byte[], byte[]> producer = producer(codec, Map.of())) {
            for (int i = 0; i < count; i++) {
                byte @Nullable [] key =
                        i % 5 == 0 ? null : ("key-" + random.nextInt(40)).getBytes(StandardCharsets.UTF_8);
                byte @Nullable [] value = i % 7 == 3 ? null : new byte[random.nextInt(i % 9 == 0 ? 4000 : 200)];
                if (value != null) {
                    fillHalf(value);
                }
                sends.add(producer.send(record(kind, i / 4 % partitions, key, value)));
                if (i % 6 == 5) {
                    producer.flush();
                }
            }
        }
    }

    private void fillHalf(byte[] value) {
        for (int i = 0; i < value.length; i += 2) {
            value[i] = (byte) random.nextInt();
        }
    }

    void compactable() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer("zstd", Map.of())) {
            for (int i = 0; i < 40; i++) {
                byte[] key = ("key-" + random.nextInt(12)).getBytes(StandardCharsets.UTF_8);
                sends.add(producer.send(record("compacted", 0, key, i % 10 == 9 ? null : new byte[50])));
                if (i % 8 == 7) {
                    producer.flush();
                }
            }
        }
    }

    void transactions() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                producer("lz4", Map.of("transactional.id", prefix + "-transactions"))) {
            producer.initTransactions();
            for (int transaction = 0; transaction < 6; transaction++) {
                producer.beginTransaction();
                for (int i = 0; i < 5; i++) {
                    String what = transaction % 3 == 1 ? "aborted" : "committed";
                    sends.add(producer.send(
                            record("transactional", i % 2, what.getBytes(StandardCharsets.UTF_8), new byte[30])));
                }
                producer.flush();
                if (transaction % 3 == 1) {
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                }
            }
        }
    }

    private ProducerRecord<byte[], byte[]> record(
            String kind, int partition, byte @Nullable [] key, byte @Nullable [] value) {
        RecordHeaders headers = new RecordHeaders();
        long number = written++;
        if (number % 3 == 0) {
            headers.add("number", Long.toString(number).getBytes(StandardCharsets.UTF_8));
        }
        if (number % 6 == 0) {
            headers.add("nothing", null);
        }
        return new ProducerRecord<>(name(kind), partition, FIRST_TIMESTAMP + number * 7, key, value, headers);
    }

    KafkaProducer<byte[], byte[]> producerTo(String servers) {
        return producer("none", Map.of("bootstrap.servers", servers));
    }

    KafkaProducer<byte[], byte[]> producer(String codec, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.putIfAbsent("bootstrap.servers", source);
        properties.put("compression.type", codec);
        properties.putIfAbsent("linger.ms", 20);
        properties.put("key.serializer", ByteArraySerializer.class.getName());
        properties.put("value.serializer", ByteArraySerializer.class.getName());
        return new KafkaProducer<>(properties);
    }
}
