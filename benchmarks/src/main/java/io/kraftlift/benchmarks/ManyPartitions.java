package io.kraftlift.benchmarks;

import io.kraftlift.benchmarks.copiers.Clusters;
import io.kraftlift.benchmarks.copiers.Mover;
import io.kraftlift.benchmarks.data.DataSet;
import io.kraftlift.benchmarks.data.SendCheck;
import io.kraftlift.benchmarks.measuring.Measurement;
import io.kraftlift.core.lanes.ReplicationMode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** {@code partitions}: what one worker needs for 1,000 partitions. */
final class ManyPartitions {
    private static final int TOPICS = 10;
    private static final int PARTITIONS_PER_TOPIC = 100;
    private static final int RECORD_BYTES = 1_000;

    private final Options options;
    private final Path home;
    private final PrintStream out;

    ManyPartitions(Options options, Path home, PrintStream out) {
        this.options = options;
        this.home = home;
        this.out = out;
    }

    void run() throws InterruptedException, ExecutionException, IOException {
        Path folder = Folder.create(options.folder(home));
        try (BenchClusters clusters = new BenchClusters(folder)) {
            Map<String, Integer> topics = new TreeMap<>();
            for (int topic = 0; topic < TOPICS; topic++) {
                topics.put("many-" + topic, PARTITIONS_PER_TOPIC);
            }
            clusters.sourceAdmin()
                    .createTopics(topics.entrySet().stream()
                            .map(topic -> new NewTopic(topic.getKey(), topic.getValue(), (short) 1))
                            .toList())
                    .all()
                    .get();
            DataSet data = fill(clusters.source().bootstrapServers());
            clusters.freshTarget(topics);
            Mover mover = new Mover(
                    new Clusters(
                            clusters.source().bootstrapServers(),
                            clusters.target().bootstrapServers(),
                            topics.keySet()),
                    home,
                    options.workers(),
                    ReplicationMode.SEED,
                    options.moverJvmOptions());
            print(data, new CopyRun(clusters, data, mover).run(1, Folder.create(folder.resolve("mover"))));
        } finally {
            Folder.remove(folder);
        }
    }

    /** Random bytes, evenly over all partitions; what the batches' heads add to the wire is not counted. */
    private DataSet fill(String bootstrapServers) {
        SplittableRandom random = new SplittableRandom(TOPICS);
        SendCheck check = new SendCheck();
        Map<TopicPartition, Long> records = new HashMap<>();
        long all = options.dataBytes() / RECORD_BYTES;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        32 << 10,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        64L << 20,
                        ProducerConfig.LINGER_MS_CONFIG,
                        100),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (long number = 0; number < all; number++) {
                int slot = (int) (number / 10 % (TOPICS * PARTITIONS_PER_TOPIC));
                TopicPartition partition =
                        new TopicPartition("many-" + slot / PARTITIONS_PER_TOPIC, slot % PARTITIONS_PER_TOPIC);
                byte[] value = new byte[RECORD_BYTES];
                random.nextBytes(value);
                check.send(producer, new ProducerRecord<>(partition.topic(), partition.partition(), null, value));
                records.merge(partition, 1L, Long::sum);
            }
        }
        check.requireAllTaken();
        return new DataSet(records, all * RECORD_BYTES, all * RECORD_BYTES);
    }

    private void print(DataSet data, Measurement one) {
        out.println("| partitions | MB | s | copying s | MB/s | CPU-s | peak MiB |");
        out.println("|--:|--:|--:|--:|--:|--:|--:|");
        out.printf(
                Locale.ROOT,
                "| %d | %.0f | %.1f | %.1f | %.0f | %.1f | %d |%n",
                data.records().size(),
                data.logicalBytes() / 1e6,
                one.seconds(),
                one.copyingSeconds(),
                one.logicalMegabytesPerSecond(),
                one.copierCpuSeconds(),
                one.peakResidentBytes() >> 20);
    }
}
