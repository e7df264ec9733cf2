package io.kraftlift.access.restart;

import io.kraftlift.access.groups.BrokerReply;
import io.kraftlift.access.restart.LaneTraces.Trace;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.wire.RangeReader;
import io.kraftlift.access.wire.WireClient;
import io.kraftlift.core.batches.BatchHeader;
import io.kraftlift.core.topics.PartitionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Whether partitions of the target hold what the lanes wrote and nothing else (invariant C). A log that ends where the lane's
 * does can hold nothing else before: the lane would have stopped at the first foreign record. What lies between the last
 * checkpoint and the log's end is read, and has to be of the lane's producer, as the last record before it has.
 */
final class OwnLogs {
    private final MigrationRun run;
    private final Map<PartitionId, Trace> traces;

    OwnLogs(MigrationRun run, Map<PartitionId, Trace> traces) {
        this.run = run;
        this.traces = traces;
    }

    /** What is not the lanes', a sentence for each partition; empty when everything is. */
    List<String> findings(List<PartitionId> partitions) throws InterruptedException {
        Map<PartitionId, Long> starts = offsets(partitions, OffsetSpec.earliest());
        Map<PartitionId, Long> ends = offsets(partitions, OffsetSpec.latest());
        Map<PartitionId, String> findings = new TreeMap<>();
        List<PartitionId> toRead = new ArrayList<>();
        for (PartitionId partition : partitions) {
            long start = starts.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, 0L);
            @Nullable String finding = ofEnd(partition, start, end);
            if (finding != null) {
                findings.put(partition, finding);
            } else if (end > start) {
                toRead.add(partition);
            }
        }
        if (!toRead.isEmpty()) {
            findings.putAll(ofProducers(toRead, starts, ends));
        }
        return List.copyOf(findings.values());
    }

    private @Nullable String ofEnd(PartitionId partition, long start, long end) {
        @Nullable Trace trace = traces.get(partition);
        if (trace == null) {
            return end > start ? partition + " has records up to " + end + ", and no lane wrote to it" : null;
        }
        if (end < trace.acknowledged() || end > trace.written()) {
            return partition + " ends at " + end + ", and its lane wrote up to between " + trace.acknowledged()
                    + " and " + trace.written();
        }
        return null;
    }

    private Map<PartitionId, String> ofProducers(
            List<PartitionId> partitions, Map<PartitionId, Long> starts, Map<PartitionId, Long> ends) {
        long[] from = new long[partitions.size()];
        long[] until = new long[partitions.size()];
        for (int slot = 0; slot < from.length; slot++) {
            PartitionId partition = partitions.get(slot);
            until[slot] = ends.getOrDefault(partition, 0L);
            from[slot] = Math.max(
                    starts.getOrDefault(partition, 0L), traceOf(partition).acknowledged() - 1);
        }
        Map<PartitionId, String> findings = new HashMap<>();
        try (WireClient client = WireClient.open(run.config().target(), "target-clear", partitions, 1)) {
            new RangeReader(client, from, until).read((slot, batch) -> {
                PartitionId partition = partitions.get(slot);
                long producer = BatchHeader.producerId(batch, 0);
                if (producer != traceOf(partition).producer()) {
                    findings.putIfAbsent(
                            partition,
                            partition + " has at offset " + BatchHeader.baseOffset(batch, 0)
                                    + " a record that its lane did not write");
                }
            });
        }
        return findings;
    }

    private Trace traceOf(PartitionId partition) {
        return java.util.Objects.requireNonNull(traces.get(partition));
    }

    private Map<PartitionId, Long> offsets(List<PartitionId> partitions, OffsetSpec spec) throws InterruptedException {
        Admin admin = run.target();
        Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
        partitions.forEach(
                partition -> specs.put(new TopicPartition(partition.topic().value(), partition.index()), spec));
        Map<PartitionId, Long> offsets = new HashMap<>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> answer : BrokerReply.await(
                        admin.listOffsets(specs).all(), "target: reading log offsets")
                .entrySet()) {
            offsets.put(
                    PartitionId.of(answer.getKey().topic(), answer.getKey().partition()),
                    answer.getValue().offset());
        }
        return offsets;
    }
}
