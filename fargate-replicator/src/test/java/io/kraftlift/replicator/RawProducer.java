package io.kraftlift.replicator;

import io.kraftlift.access.wire.WireClient;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.topics.PartitionId;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;

/** Writes record batches as they are given, such as Kafka's own producer would not make. For clusters of one broker. */
final class RawProducer implements AutoCloseable {
    private final WireClient client;

    private RawProducer(WireClient client) {
        this.client = client;
    }

    static RawProducer to(String servers, String topic, int partitions) {
        List<PartitionId> all = IntStream.range(0, partitions)
                .mapToObj(index -> PartitionId.of(topic, index))
                .toList();
        ClusterSettings cluster =
                new ClusterSettings(new ClusterLocation.Bootstrap(servers), new AuthSettings.Plaintext());
        return new RawProducer(WireClient.open(cluster, "raw", all, 1));
    }

    /** One batch with all the records. */
    static MemoryRecords batch(CompressionType codec, SimpleRecord... records) {
        return MemoryRecords.withRecords(Compression.of(codec).build(), records);
    }

    /** Writes to a partition and waits for the acknowledgement. */
    void send(int partition, MemoryRecords records) {
        ProduceRequestData.TopicProduceDataCollection topics = new ProduceRequestData.TopicProduceDataCollection();
        topics.add(new ProduceRequestData.TopicProduceData()
                .setName(client.partition(partition).topic())
                .setTopicId(client.topicId(partition))
                .setPartitionData(List.of(new ProduceRequestData.PartitionProduceData()
                        .setIndex(partition)
                        .setRecords(records))));
        ProduceRequestData data = new ProduceRequestData()
                .setAcks((short) -1)
                .setTimeoutMs(10_000)
                .setTransactionalId(null)
                .setTopicData(topics);
        PartitionProduceResponse answer = client.ask(ProduceRequest.builder(data), ProduceResponse.class)
                .data()
                .responses()
                .iterator()
                .next()
                .partitionResponses()
                .get(0);
        Errors error = Errors.forCode(answer.errorCode());
        if (error != Errors.NONE) {
            throw new IllegalStateException(client.partition(partition) + ": " + error + " " + answer.errorMessage());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
