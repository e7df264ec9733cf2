package io.kraftlift.benchmarks.data;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Fills a source with the mixed data set and says what a reader of committed records finds in it. */
public final class SourceFill {
    private static final int TRANSACTION_RECORDS = 1_200;
    private static final int TRANSACTIONAL_PRODUCERS = 3;
    private static final Duration CLEANED_WITHIN = Duration.ofSeconds(60);
    private static final int SEGMENTS_TO_CLEAN = 2 << 20;

    private final String bootstrapServers;
    private final Admin admin;
    private final SendCheck check = new SendCheck();

    public SourceFill(String bootstrapServers, Admin admin) {
        this.bootstrapServers = bootstrapServers;
        this.admin = admin;
    }

    /** Makes the topics and fills them with about so many logical bytes, then reads everything once. */
    public DataSet fill(long logicalBytes) throws InterruptedException, ExecutionException {
        List<NewTopic> topics = Arrays.stream(BenchTopic.values())
                .map(topic -> new NewTopic(topic.topic(), topic.partitions(), (short) 1).configs(topic.configs()))
                .toList();
        admin.createTopics(topics).all().get();
        for (BenchTopic topic : BenchTopic.values()) {
            long bytes = topic.bytesOf(logicalBytes);
            switch (topic.kind()) {
                case APPENDED -> append(topic, bytes);
                case COMPACTED -> compact(topic, bytes);
                case TRANSACTIONAL -> transact(topic, bytes);
            }
        }
        check.requireAllTaken();
        return read();
    }

    private void append(BenchTopic topic, long bytes) {
        RecordMaker maker = new RecordMaker(topic);
        try (KafkaProducer<byte[], byte[]> producer = producer(topic, Map.of())) {
            for (long left = bytes / topic.shape().recordBytes(); left > 0; left--) {
                check.send(producer, maker.next());
            }
        }
    }

    private void compact(BenchTopic topic, long bytes) throws InterruptedException, ExecutionException {
        RecordMaker maker = new RecordMaker(topic);
        int records = (int) (bytes / topic.shape().recordBytes());
        try (KafkaProducer<byte[], byte[]> producer = producer(topic, Map.of())) {
            for (int left = records; left > 0; left--) {
                check.send(producer, maker.keyed(Math.max(1, records / 3)));
            }
        }
        awaitCleaned(topic, bytes);
    }

    /** Until the topic no longer shrinks; then it is kept from being cleaned again. */
    private void awaitCleaned(BenchTopic topic, long bytes) throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + CLEANED_WITHIN.toNanos();
        long before = Long.MAX_VALUE;
        int still = 0;
        while (bytes > SEGMENTS_TO_CLEAN && still < 4 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(700);
            long now = sizes(List.of(topic.topic()));
            still = now == before ? still + 1 : 0;
            before = now;
        }
        AlterConfigOp lag = new AlterConfigOp(
                new ConfigEntry("min.compaction.lag.ms", Long.toString(Long.MAX_VALUE)), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(
                        Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic.topic()), List.of(lag)))
                .all()
                .get();
    }

    private void transact(BenchTopic topic, long bytes) {
        RecordMaker maker = new RecordMaker(topic);
        List<KafkaProducer<byte[], byte[]>> producers = new ArrayList<>();
        try {
            for (int i = 0; i < TRANSACTIONAL_PRODUCERS; i++) {
                producers.add(producer(topic, Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "bench-" + i)));
                producers.get(i).initTransactions();
            }
            long rounds = bytes / topic.shape().recordBytes() / TRANSACTION_RECORDS;
            for (long round = 0; round <= rounds; round++) {
                transact(producers, maker, round);
            }
        } finally {
            producers.forEach(KafkaProducer::close);
        }
    }

    /**
     * One transaction of every producer, interleaved; of every fourth round one is aborted. A commit fails when a record of
     * it was not taken.
     */
    private static void transact(List<KafkaProducer<byte[], byte[]>> producers, RecordMaker maker, long round) {
        producers.forEach(KafkaProducer::beginTransaction);
        for (int i = 0; i < TRANSACTION_RECORDS; i++) {
            SendCheck.send(producers.get(i / 100 % producers.size()), maker.next(), (metadata, failure) -> {});
        }
        for (int i = 0; i < producers.size(); i++) {
            if (round % 4 == 3 && i == 0) {
                producers.get(i).abortTransaction();
            } else {
                producers.get(i).commitTransaction();
            }
        }
    }

    private KafkaProducer<byte[], byte[]> producer(BenchTopic topic, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, topic.shape().codec());
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, topic.shape().batchBytes());
        properties.put(ProducerConfig.LINGER_MS_CONFIG, topic.shape().batchBytes() == 1 ? 0 : 50);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private long sizes(List<String> topics) throws InterruptedException, ExecutionException {
        return admin.describeLogDirs(List.of(1)).allDescriptions().get().values().stream()
                .flatMap(directories -> directories.values().stream())
                .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                .filter(replica -> topics.contains(replica.getKey().topic()))
                .mapToLong(replica -> replica.getValue().size())
                .sum();
    }

    private DataSet read() throws InterruptedException, ExecutionException {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 32 << 20);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        List<TopicPartition> partitions = partitions();
        Map<TopicPartition, Long> records = new HashMap<>();
        long logical = 0;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (ConsumerRecord<byte[], byte[]> one : consumer.poll(Duration.ofSeconds(1))) {
                    records.merge(new TopicPartition(one.topic(), one.partition()), 1L, Long::sum);
                    logical += bytesOf(one);
                }
            }
        }
        return new DataSet(
                records,
                logical,
                sizes(Arrays.stream(BenchTopic.values()).map(BenchTopic::topic).toList()));
    }

    private static List<TopicPartition> partitions() {
        List<TopicPartition> all = new ArrayList<>();
        for (BenchTopic topic : BenchTopic.values()) {
            for (int index = 0; index < topic.partitions(); index++) {
                all.add(new TopicPartition(topic.topic(), index));
            }
        }
        return all;
    }

    private static long bytesOf(ConsumerRecord<byte[], byte[]> record) {
        long bytes = (long) Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
        for (Header header : record.headers()) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }
}
