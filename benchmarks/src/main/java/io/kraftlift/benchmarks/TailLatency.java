package io.kraftlift.benchmarks;

import io.kraftlift.benchmarks.copiers.Clusters;
import io.kraftlift.benchmarks.copiers.Mover;
import io.kraftlift.benchmarks.data.SendCheck;
import io.kraftlift.benchmarks.measuring.ProcessUse;
import io.kraftlift.benchmarks.measuring.UseWatch;
import io.kraftlift.brokers.ForkedJvm;
import io.kraftlift.core.lanes.ReplicationMode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * {@code tail}: a tail at 5 MB/s over 200 partitions, segments on disk in between, and how long a record takes from the
 * call that sends it to the source until a consumer of the target has it. That is more than from append to readable: the
 * source producer's linger of 5 ms and the consumer's fetch are in it.
 */
final class TailLatency {
    private static final String TOPIC = "tail";
    private static final int PARTITIONS = 200;
    private static final int RECORD_BYTES = 1_000;
    private static final int RECORDS_PER_SECOND = 5_000;
    /** So long four cold Javas on two cores need to make up for what came while they started. */
    private static final int WARM_UP_SECONDS = 60;

    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(30);

    private final Options options;
    private final Path home;
    private final PrintStream out;

    TailLatency(Options options, Path home, PrintStream out) {
        this.options = options;
        this.home = home;
        this.out = out;
    }

    void run() throws InterruptedException, ExecutionException, IOException {
        Path folder = Folder.create(options.folder(home));
        try (BenchClusters clusters = new BenchClusters(folder)) {
            clusters.sourceAdmin()
                    .createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get();
            clusters.freshTarget(Map.of(TOPIC, PARTITIONS));
            Mover mover = new Mover(
                    new Clusters(
                            clusters.source().bootstrapServers(),
                            clusters.target().bootstrapServers(),
                            List.of(TOPIC)),
                    home,
                    options.workers(),
                    ReplicationMode.TAIL,
                    options.moverJvmOptions());
            double load = ProcessUse.load();
            List<ForkedJvm> forked = mover.start(Folder.create(folder.resolve("mover")));
            try (UseWatch watch =
                    new UseWatch(forked.stream().map(ForkedJvm::pid).toList())) {
                long[] nanos = measure(clusters, watch, forked);
                print(nanos, watch, load);
            } finally {
                forked.forEach(ForkedJvm::close);
            }
        } finally {
            Folder.remove(folder);
        }
    }

    private double cpuSeconds;

    /** From sending a record until the source acknowledged it, for all records; in no order. */
    private final Queue<Long> acknowledged = new ConcurrentLinkedQueue<>();

    /** The latencies after the warm-up, ascending. */
    private long[] measure(BenchClusters clusters, UseWatch watch, List<ForkedJvm> forked)
            throws InterruptedException, ExecutionException {
        int counted = options.seconds() * RECORDS_PER_SECOND;
        int warmUp = WARM_UP_SECONDS * RECORDS_PER_SECOND;
        long[] nanos = new long[counted];
        int arrived = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(clusters.target().bootstrapServers())) {
            Thread load =
                    new Thread(() -> produce(clusters.source().bootstrapServers(), warmUp + counted), "source-load");
            load.setDaemon(true);
            load.start();
            long begun = System.nanoTime();
            long deadline = begun
                    + DRAINED_WITHIN
                            .plusSeconds(WARM_UP_SECONDS + options.seconds())
                            .toNanos();
            double cpuBefore = -1;
            while (arrived < counted && System.nanoTime() < deadline) {
                Alive.require(forked);
                if (cpuBefore < 0 && System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(WARM_UP_SECONDS)) {
                    cpuBefore = watch.now().cpuSeconds();
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    ByteBuffer value = ByteBuffer.wrap(record.value());
                    long sent = value.getLong();
                    if (value.getInt() >= warmUp) {
                        nanos[arrived++] = System.nanoTime() - sent;
                    }
                }
            }
            cpuSeconds = watch.now().cpuSeconds() - cpuBefore;
            load.join(1_000);
        }
        if (arrived < counted) {
            throw new IllegalStateException("tail: " + (counted - arrived) + " of " + counted
                    + " records are not on the target " + DRAINED_WITHIN + " after they were sent");
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (int index = 0; index < PARTITIONS; index++) {
            partitions.add(new TopicPartition(TOPIC, index));
        }
        consumer.assign(partitions);
        return consumer;
    }

    /** Sends so many records, each when it is due; a record begins with its time and its number. */
    private void produce(String bootstrapServers, int records) {
        SplittableRandom random = new SplittableRandom(records);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 5),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            long begun = System.nanoTime();
            for (int number = 0; number < records; number++) {
                long due = begun + number * TimeUnit.SECONDS.toNanos(1) / RECORDS_PER_SECOND;
                for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.sleep(Math.max(early, 1_000_000));
                }
                ByteBuffer value = ByteBuffer.allocate(RECORD_BYTES);
                long sent = System.nanoTime();
                value.putLong(sent).putInt(number);
                while (value.remaining() >= Long.BYTES) {
                    value.putLong(random.nextLong());
                }
                SendCheck.send(
                        producer,
                        new ProducerRecord<>(TOPIC, number % PARTITIONS, null, value.array()),
                        (metadata, failure) -> acknowledged.add(System.nanoTime() - sent));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(long[] nanos, UseWatch watch, double load) {
        long[] source =
                acknowledged.stream().mapToLong(Long::longValue).sorted().toArray();
        out.println(
                "| partitions | MB/s | seconds | records | source ack median ms | source ack p99 ms | median ms | p99 ms | p99.9 ms | highest ms"
                        + " | mover CPU-s/s | peak MiB | load before |");
        out.println("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        out.printf(
                Locale.ROOT,
                "| %d | %d | %d | %d | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.2f | %d | %.1f |%n",
                PARTITIONS,
                RECORDS_PER_SECOND * RECORD_BYTES / 1_000_000,
                options.seconds(),
                nanos.length,
                at(source, 0.5),
                at(source, 0.99),
                at(nanos, 0.5),
                at(nanos, 0.99),
                at(nanos, 0.999),
                at(nanos, 1),
                cpuSeconds / options.seconds(),
                watch.now().peakResidentBytes() >> 20,
                load);
    }

    /** A quantile in milliseconds. */
    private static double at(long[] sorted, double quantile) {
        int index = (int) Math.min(sorted.length - 1L, Math.round(quantile * sorted.length));
        return sorted[index] / 1e6;
    }
}
