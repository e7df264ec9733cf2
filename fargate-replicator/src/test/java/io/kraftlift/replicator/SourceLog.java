package io.kraftlift.replicator;

import io.kraftlift.access.wire.RangeReader;
import io.kraftlift.access.wire.WireClient;
import io.kraftlift.core.batches.BatchHeader;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.topics.PartitionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;

/** The batches that a broker really has, so that a test can show that it tests what it says. */
final class SourceLog {
    /** A batch's header. */
    record Seen(byte magic, String codec, int records, long lastOffset, boolean control) {}

    private SourceLog() {}

    static List<Seen> batches(String servers, TopicPartition partition, long end) {
        ClusterSettings cluster =
                new ClusterSettings(new ClusterLocation.Bootstrap(servers), new AuthSettings.Plaintext());
        List<Seen> seen = new ArrayList<>();
        try (WireClient client = WireClient.open(
                cluster, "look", List.of(PartitionId.of(partition.topic(), partition.partition())), 1)) {
            new RangeReader(client, new long[1], new long[] {end}).read((slot, bytes) -> seen.add(seenIn(bytes)));
        }
        return seen;
    }

    private static Seen seenIn(ByteBuffer bytes) {
        RecordBatch batch = MemoryRecords.readableRecords(bytes.duplicate())
                .batches()
                .iterator()
                .next();
        int records = 0;
        for (var unused : batch) {
            records++;
        }
        return new Seen(
                BatchHeader.magic(bytes, 0),
                batch.compressionType().name,
                records,
                batch.lastOffset(),
                batch.isControlBatch());
    }
}
