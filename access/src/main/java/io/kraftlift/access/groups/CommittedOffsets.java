package io.kraftlift.access.groups;

import io.kraftlift.core.groups.GroupId;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** What groups have committed on a cluster, many groups in a request. */
final class CommittedOffsets {
    private final Admin admin;
    private final String cluster;

    CommittedOffsets(Admin admin, String cluster) {
        this.admin = admin;
        this.cluster = cluster;
    }

    /**
     * Starts to read every offset of the groups.
     *
     * @param stable whether offsets of open transactions are waited for; the client leaves out, without a word, those that
     *     are still open when its patience ends
     */
    Pending read(Collection<GroupId> groups, boolean stable, Duration timeout) {
        Map<String, ListConsumerGroupOffsetsSpec> specs = new HashMap<>();
        groups.forEach(group -> specs.put(group.value(), new ListConsumerGroupOffsetsSpec()));
        if (specs.isEmpty()) {
            return new Pending(KafkaFuture.completedFuture(Map.of()));
        }
        return new Pending(admin.listConsumerGroupOffsets(
                        specs,
                        new ListConsumerGroupOffsetsOptions()
                                .requireStable(stable)
                                .timeoutMs(Math.toIntExact(timeout.toMillis())))
                .all());
    }

    /** An answer under way. */
    final class Pending {
        private final KafkaFuture<Map<String, Map<TopicPartition, OffsetAndMetadata>>> answer;

        private Pending(KafkaFuture<Map<String, Map<TopicPartition, OffsetAndMetadata>>> answer) {
            this.answer = answer;
        }

        /** By group and partition; a group without commits has an empty map. */
        Map<GroupId, Map<PartitionId, OffsetAndMetadata>> await() throws InterruptedException {
            Map<GroupId, Map<PartitionId, OffsetAndMetadata>> committed = new TreeMap<>();
            BrokerReply.await(answer, cluster + ": reading committed offsets").forEach((group, offsets) -> {
                Map<PartitionId, OffsetAndMetadata> positions = new TreeMap<>();
                offsets.forEach((partition, offset) -> {
                    if (offset != null) {
                        positions.put(PartitionId.of(partition.topic(), partition.partition()), offset);
                    }
                });
                committed.put(new GroupId(group), positions);
            });
            return committed;
        }
    }
}
