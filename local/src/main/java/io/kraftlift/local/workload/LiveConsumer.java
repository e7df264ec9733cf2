package io.kraftlift.local.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * An application that reads what a {@link LiveProducer} writes, as the only member of its group, and counts every id.
 * It commits what it has counted, and moves to another cluster when told to. Records with the header
 * {@value #SENTINEL_HEADER} are counted apart. Safe for use by several threads.
 */
public final class LiveConsumer implements AutoCloseable {
    /** The group of the demo. */
    public static final String GROUP = "demo-live-consumer";

    /** The header that marks a record which the migration wrote and no application did. */
    public static final String SENTINEL_HEADER = "kraftlift-sentinel";

    private static final Duration POLL = Duration.ofMillis(100);

    /** A broker that is being restarted is away for some seconds; a commit is tried again until this has passed. */
    private static final Duration COMMIT_WITHIN = Duration.ofSeconds(60);

    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String topic;
    private final String group;
    private final LiveTally tally = new LiveTally();
    private @Nullable Membership membership;

    /** Reads nothing before {@link #join}. */
    public LiveConsumer(String topic, String group) {
        this.topic = topic;
        this.group = group;
    }

    /**
     * Becomes a member of the group at a cluster and goes on at the group's commits there; at the log start where it has
     * none.
     *
     * @throws IllegalStateException when it is a member already
     */
    public synchronized void join(String bootstrap) {
        if (membership != null) {
            throw new IllegalStateException(group + ": must leave before it joins, is still a member");
        }
        membership = new Membership(bootstrap);
    }

    /**
     * Stops reading, commits what was counted, and leaves the group.
     *
     * @throws IllegalStateException when reading failed or the last commit was refused, or when it is no member
     */
    public synchronized void leave() {
        if (membership == null) {
            throw new IllegalStateException(group + ": must have joined before it leaves, is no member");
        }
        Membership leaving = membership;
        membership = null;
        leaving.end();
    }

    /** Leaves, and joins the same group at another cluster. */
    public synchronized void switchTo(String bootstrap) {
        leave();
        join(bootstrap);
    }

    /** Whether it is a member whose reading has failed; {@link #leave} says why. */
    public synchronized boolean hasStopped() {
        return membership != null && membership.done.isCompletedExceptionally();
    }

    /** What was counted so far, over all clusters. */
    public LiveTally.Counts tally() {
        return tally.counts();
    }

    /** How many records of those that a producer has acknowledged were not read yet. */
    public long missing(Map<Integer, Long> acknowledged) {
        return tally.missing(acknowledged);
    }

    /** Leaves when it is a member. */
    @Override
    public synchronized void close() {
        if (membership != null) {
            leave();
        }
    }

    private static long id(ConsumerRecord<byte[], byte[]> record) {
        try {
            JsonNode id = JSON.readTree(record.value()).path("id");
            if (!id.isIntegralNumber()) {
                throw new IllegalStateException(record.topic() + "-" + record.partition() + " offset " + record.offset()
                        + ": a live record must have a number as its id");
            }
            return id.longValue();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    record.topic() + "-" + record.partition() + " offset " + record.offset()
                            + ": a live record must be JSON",
                    e);
        }
    }

    /** The time from a join to the leave, on a thread of its own. Only that thread touches consumer and positions. */
    private final class Membership implements ConsumerRebalanceListener {
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final Map<TopicPartition, OffsetAndMetadata> counted = new HashMap<>();
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private volatile boolean ending;

        Membership(String bootstrap) {
            consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers",
                            bootstrap,
                            "group.id",
                            group,
                            "enable.auto.commit",
                            false,
                            "auto.offset.reset",
                            "earliest",
                            "isolation.level",
                            "read_committed"),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            var thread = new Thread(this::run, "live-consumer");
            thread.setDaemon(true);
            thread.start();
        }

        void end() {
            ending = true;
            try {
                done.get(LEAVE_WITHIN.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(group + ": interrupted while it left", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException(group + ": reading " + topic + " failed", e.getCause());
            } catch (TimeoutException e) {
                throw new IllegalStateException(group + ": must leave within " + LEAVE_WITHIN, e);
            }
        }

        private void run() {
            try (consumer) {
                consumer.subscribe(List.of(topic), this);
                while (!ending) {
                    consumer.poll(POLL).forEach(this::count);
                    commitIfPossible();
                }
                commitLast();
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        }

        private void count(ConsumerRecord<byte[], byte[]> record) {
            if (record.headers().lastHeader(SENTINEL_HEADER) == null) {
                tally.count(record.partition(), id(record));
            } else {
                tally.countSentinel();
            }
            counted.put(
                    new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
        }

        /** What cannot be committed now, because a broker is away or the group is being balanced, is so next time. */
        private void commitIfPossible() {
            try {
                consumer.commitSync(counted, POLL.multipliedBy(20));
            } catch (RetriableException | CommitFailedException | RebalanceInProgressException e) {
                // The next round commits it.
            }
        }

        private void commitLast() {
            long deadline = System.nanoTime() + COMMIT_WITHIN.toNanos();
            while (true) {
                try {
                    consumer.commitSync(counted, POLL.multipliedBy(20));
                    return;
                } catch (RetriableException | CommitFailedException | RebalanceInProgressException e) {
                    if (System.nanoTime() > deadline) {
                        throw e;
                    }
                    // Becomes a member again if it is none; what that reads counts too.
                    consumer.poll(POLL).forEach(this::count);
                }
            }
        }

        /** What was counted but could not be committed is not read again. */
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) {
                OffsetAndMetadata next = counted.get(partition);
                if (next != null) {
                    consumer.seek(partition, next);
                }
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // The group has no other member: whatever is revoked comes back.
        }
    }
}
