package io.kraftlift.benchmarks.data;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Remembers the first record that a cluster did not take. Safe for several threads. */
public final class SendCheck implements Callback {
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** Sends a record without waiting for the answer. */
    public void send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        send(producer, record, this);
    }

    /** The same with another callback. */
    public static void send(
            Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record, Callback callback) {
        // The callback hears of the answer.
        Future<RecordMetadata> unused = producer.send(record, callback);
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
        if (exception != null) {
            failure.compareAndSet(null, exception);
        }
    }

    /**
     * To be called after a flush or a close of the producer.
     *
     * @throws IllegalStateException when a record was not taken
     */
    public void requireAllTaken() {
        Exception first = failure.get();
        if (first != null) {
            throw new IllegalStateException("A cluster of the benchmark did not take a record", first);
        }
    }
}
