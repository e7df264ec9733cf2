package io.kraftlift.access.cutover;

import io.kraftlift.access.groups.BrokerReply;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Starts and ends of many logs, one request a broker. */
final class LogOffsets {
    private final Admin admin;
    private final String cluster;

    LogOffsets(Admin admin, String cluster) {
        this.admin = admin;
        this.cluster = cluster;
    }

    Pending starts(Collection<PartitionId> partitions, Duration timeout) {
        return ask(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED, timeout);
    }

    /** Log ends, open transactions included. */
    Pending ends(Collection<PartitionId> partitions, Duration timeout) {
        return ask(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED, timeout);
    }

    /** Last stable offsets: the first offset of the first open transaction, else the log end. */
    Pending stableEnds(Collection<PartitionId> partitions, Duration timeout) {
        return ask(partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED, timeout);
    }

    private Pending ask(
            Collection<PartitionId> partitions, OffsetSpec spec, IsolationLevel isolation, Duration timeout) {
        Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
        partitions.forEach(
                partition -> specs.put(new TopicPartition(partition.topic().value(), partition.index()), spec));
        ListOffsetsOptions options = new ListOffsetsOptions(isolation);
        options.timeoutMs(Math.toIntExact(timeout.toMillis()));
        return new Pending(admin.listOffsets(specs, options).all());
    }

    /** An answer under way. */
    final class Pending {
        private final KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> answer;

        private Pending(KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> answer) {
            this.answer = answer;
        }

        Map<PartitionId, Long> await() throws InterruptedException {
            Map<PartitionId, Long> offsets = new HashMap<>();
            BrokerReply.await(answer, cluster + ": reading log offsets")
                    .forEach((partition, info) ->
                            offsets.put(PartitionId.of(partition.topic(), partition.partition()), info.offset()));
            return offsets;
        }
    }
}
