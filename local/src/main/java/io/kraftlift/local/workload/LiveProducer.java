package io.kraftlift.local.workload;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * An application that keeps writing numbered records: in each partition 0, 1, 2 … without a gap, acknowledged by all
 * replicas, each written once. It can be frozen, and then has nothing on the way. Safe for use by several threads.
 */
public final class LiveProducer implements AutoCloseable {
    /** The topic that the demo makes for it. */
    public static final String TOPIC = "demo.live";

    private static final int TICKS_PER_SECOND = 50;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final int recordsPerSecond;
    private final long[] nextIds;
    private final AtomicLongArray acknowledged;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(LiveProducer::thread);
    private final ScheduledFuture<?> ticking;
    private long ticks;
    private long sent;
    private boolean frozen;

    private LiveProducer(Producer<byte[], byte[]> producer, String topic, int partitions, int recordsPerSecond) {
        this.producer = producer;
        this.topic = topic;
        this.recordsPerSecond = recordsPerSecond;
        this.nextIds = new long[partitions];
        this.acknowledged = new AtomicLongArray(partitions);
        this.ticking = timer.scheduleAtFixedRate(this::tick, 0, 1_000 / TICKS_PER_SECOND, TimeUnit.MILLISECONDS);
    }

    /**
     * Starts to write to an existing topic whose partitions are empty.
     *
     * @param recordsPerSecond over all partitions, 1 to 100,000
     */
    public static LiveProducer start(String bootstrap, String topic, int recordsPerSecond) {
        if (recordsPerSecond < 1 || recordsPerSecond > 100_000) {
            throw new IllegalArgumentException(
                    "records per second: must be between 1 and 100000, was " + recordsPerSecond);
        }
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrap,
                "acks",
                "all",
                "enable.idempotence",
                true,
                "compression.type",
                "lz4",
                "linger.ms",
                5,
                "max.block.ms",
                2_000,
                // A record is given up only with the application, never because a broker was away for long.
                "delivery.timeout.ms",
                Integer.MAX_VALUE);
        var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        int partitions = producer.partitionsFor(topic).size();
        return new LiveProducer(producer, topic, partitions, recordsPerSecond);
    }

    /**
     * Stops writing, and returns when every record that was sent is acknowledged. Does nothing when frozen.
     *
     * @throws IllegalStateException when a record was refused for good
     */
    public void freeze() {
        synchronized (this) {
            frozen = true;
        }
        producer.flush();
        throwFailure();
    }

    /** Goes on writing. Does nothing when not frozen. */
    public synchronized void unfreeze() {
        frozen = false;
    }

    /** Whether it is frozen. */
    public synchronized boolean isFrozen() {
        return frozen;
    }

    /** How many records were handed to the client so far. */
    public synchronized long sent() {
        return sent;
    }

    /** How many records are acknowledged, by partition: these have the ids from 0 to one less. */
    public Map<Integer, Long> acknowledged() {
        var all = new HashMap<Integer, Long>();
        for (int partition = 0; partition < acknowledged.length(); partition++) {
            all.put(partition, acknowledged.get(partition));
        }
        return all;
    }

    /**
     * Stops writing for good, and returns when every record that was sent is acknowledged.
     *
     * @throws IllegalStateException when a record was refused for good
     */
    @Override
    public void close() {
        ticking.cancel(false);
        timer.shutdown();
        try {
            freeze();
        } finally {
            producer.close();
        }
    }

    private synchronized void tick() {
        ticks++;
        // What is due grows evenly also when the rate is no multiple of the ticks.
        long due = ticks * recordsPerSecond / TICKS_PER_SECOND - (ticks - 1) * recordsPerSecond / TICKS_PER_SECOND;
        try {
            boolean taken = true;
            for (long record = 0; record < due && taken && !frozen; record++) {
                taken = sendNext();
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
            frozen = true;
        }
    }

    /** Whether the client took the record; it does not when its buffer is full because no broker answers. */
    private boolean sendNext() {
        int partition = (int) (sent % nextIds.length);
        var delivery = new Delivery(partition, Thread.currentThread());
        var unused = producer.send(record(partition, nextIds[partition]), delivery);
        if (delivery.refused) {
            return false;
        }
        nextIds[partition]++;
        sent++;
        return true;
    }

    private ProducerRecord<byte[], byte[]> record(int partition, long id) {
        String value = "{\"id\":" + id + ",\"partition\":" + partition + ",\"kind\":\"live\"}";
        return new ProducerRecord<>(
                topic,
                partition,
                ("live-" + id).getBytes(StandardCharsets.US_ASCII),
                value.getBytes(StandardCharsets.US_ASCII));
    }

    private void throwFailure() {
        Exception first = failure.get();
        if (first != null) {
            throw new IllegalStateException(topic + ": a live record was not taken", first);
        }
    }

    /** What became of one record. The client calls back on the sending thread for what it does not even take. */
    private final class Delivery implements Callback {
        private final int partition;
        private final Thread sender;
        private boolean refused;

        Delivery(int partition, Thread sender) {
            this.partition = partition;
            this.sender = sender;
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
            if (exception == null) {
                acknowledged.incrementAndGet(partition);
            } else if (exception instanceof TimeoutException && Thread.currentThread() == sender) {
                refused = true;
            } else {
                failure.compareAndSet(null, exception);
            }
        }
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "live-producer");
        thread.setDaemon(true);
        return thread;
    }
}
