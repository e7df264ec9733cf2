package io.kraftlift.replicator;

import static org.awaitility.Awaitility.await;

import io.kraftlift.access.wire.FetchedRecords;
import io.kraftlift.access.wire.RawFetcher;
import io.kraftlift.access.wire.WireClient;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;

/** The batches that a broker really has, so that a test can show that it tests what it says. */
final class SourceLog {
    /** A batch's header. */
    record Seen(byte magic, String codec, int records, long lastOffset, boolean control) {}

    private SourceLog() {}

    /** Batches of every format from the log's start to {@code end}, READ_UNCOMMITTED. */
    static List<Seen> batches(String servers, TopicPartition partition, long end) {
        ClusterSettings cluster =
                new ClusterSettings(new ClusterLocation.Bootstrap(servers), new AuthSettings.Plaintext());
        Reading reading = new Reading(end);
        try (WireClient client = WireClient.open(
                cluster, "look", List.of(PartitionId.of(partition.topic(), partition.partition())), 1)) {
            RawFetcher fetcher = new RawFetcher(
                    client, new RawFetcher.Limits(IsolationLevel.READ_UNCOMMITTED, 4 << 20, 4 << 20), reading);
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        fetcher.poll(50);
                        return reading.next >= end;
                    });
        }
        return reading.seen;
    }

    private static final class Reading implements RawFetcher.Sink {
        private final long end;
        private final List<Seen> seen = new ArrayList<>();
        private long next;

        Reading(long end) {
            this.end = end;
        }

        @Override
        public long wanted(int slot) {
            return next < end ? next : -1;
        }

        @Override
        public void fetched(int slot, FetchedRecords records) {
            for (RecordBatch batch :
                    MemoryRecords.readableRecords(records.bytes()).batches()) {
                if (batch.lastOffset() >= next) {
                    seen.add(seenIn(batch));
                    next = batch.lastOffset() + 1;
                }
            }
        }

        @Override
        public void nothingUntil(int slot, long to) {
            next = to;
        }

        @Override
        public void outOfRange(int slot) {
            throw new IllegalStateException("offset " + next + " is not in the log");
        }
    }

    private static Seen seenIn(RecordBatch batch) {
        int records = 0;
        for (var unused : batch) {
            records++;
        }
        return new Seen(
                batch.magic(), batch.compressionType().name, records, batch.lastOffset(), batch.isControlBatch());
    }
}
