package io.kraftlift.benchmarks.copiers;

import io.kraftlift.access.wire.FetchedRecords;
import io.kraftlift.access.wire.ProducerIds;
import io.kraftlift.access.wire.RawFetcher;
import io.kraftlift.access.wire.SourceBatches;
import io.kraftlift.access.wire.WireClient;
import io.kraftlift.core.batches.BatchHeader;
import io.kraftlift.core.batches.ProducerIdentity;
import io.kraftlift.core.offsets.SourceRun;
import io.kraftlift.core.topics.PartitionId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.jspecify.annotations.Nullable;

/**
 * Reads every committed batch of some topics into memory, with headers as the mover would send them; then, once a file
 * appears, sends them: one batch of a partition in a request, five requests of up to 8 MiB in flight. Arguments: the
 * source's and the target's bootstrap servers, the topics, the file that says "prepared", the file that says "begin".
 */
public final class PreparedBatchesProgram {
    private static final int REQUESTS_IN_FLIGHT = 5;
    private static final int CONNECTIONS = 2;
    private static final int REQUEST_BYTES = 8 << 20;
    private static final int FETCH_BYTES = 8 << 20;
    private static final int TIMEOUT_MILLIS = 30_000;

    private final String source;
    private final String target;
    private final List<PartitionId> partitions = new ArrayList<>();
    private final List<Queue<ByteBuffer>> batches = new ArrayList<>();
    private long[] ends = {};
    private int unanswered;

    private PreparedBatchesProgram(String source, String target) {
        this.source = source;
        this.target = target;
    }

    public static void main(String[] arguments) throws Exception {
        PreparedBatchesProgram program = new PreparedBatchesProgram(arguments[0], arguments[1]);
        program.findPartitions(List.of(arguments[2].split(",")));
        try (WireClient client =
                WireClient.open(Clusters.settings(arguments[1]), "target", program.partitions, REQUESTS_IN_FLIGHT)) {
            program.prepare(ProducerIds.allocate(client));
            Files.createFile(Path.of(arguments[3]));
            awaitFile(Path.of(arguments[4]), client);
            program.send(client);
        }
    }

    private static void awaitFile(Path file, WireClient client) throws IOException {
        while (!Files.exists(file)) {
            client.poll(5);
        }
    }

    private void findPartitions(List<String> topics) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", source))) {
            Map<TopicPartition, OffsetSpec> asked = new LinkedHashMap<>();
            for (var topic : admin.describeTopics(topics).allTopicNames().get().values()) {
                topic.partitions()
                        .forEach(p -> asked.put(new TopicPartition(topic.name(), p.partition()), OffsetSpec.latest()));
            }
            var answered = admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
            ends = new long[asked.size()];
            for (TopicPartition partition : asked.keySet()) {
                ends[partitions.size()] =
                        answered.partitionResult(partition).get().offset();
                partitions.add(PartitionId.of(partition.topic(), partition.partition()));
                batches.add(new ArrayDeque<>());
            }
        }
    }

    private void prepare(ProducerIdentity producer) {
        Preparing preparing = new Preparing(producer);
        try (WireClient client = WireClient.open(Clusters.settings(source), "source", partitions, 2)) {
            RawFetcher fetcher = new RawFetcher(
                    client,
                    new RawFetcher.Limits(IsolationLevel.READ_COMMITTED, FETCH_BYTES, FETCH_BYTES / 4),
                    preparing);
            while (!preparing.done()) {
                fetcher.poll(100);
            }
        }
    }

    private final class Preparing implements RawFetcher.Sink {
        private final ProducerIdentity producer;
        private final long[] next = new long[ends.length];
        private final long[] records = new long[ends.length];

        Preparing(ProducerIdentity producer) {
            this.producer = producer;
        }

        boolean done() {
            for (int slot = 0; slot < ends.length; slot++) {
                if (next[slot] < ends[slot]) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public long wanted(int slot) {
            return next[slot] < ends[slot] ? next[slot] : -1;
        }

        @Override
        public void fetched(int slot, FetchedRecords fetched) {
            next[slot] = SourceBatches.walk(fetched, next[slot], ends[slot], new SourceBatches.Visitor() {
                @Override
                public void pass(ByteBuffer batch, SourceRun run) {
                    keep(slot, batch);
                }

                @Override
                public void rebuilt(ByteBuffer batch, List<SourceRun> runs, long sourceNext) {
                    keep(slot, batch);
                }

                @Override
                public void advance(long sourceNext) {
                    // The position is what walk returns.
                }
            });
        }

        private void keep(int slot, ByteBuffer batch) {
            BatchHeader.rewrite(batch, 0, producer, ProducerIdentity.sequenceAfter(records[slot]));
            records[slot] += BatchHeader.count(batch, 0);
            batches.get(slot).add(batch);
        }

        @Override
        public void nothingUntil(int slot, long end) {
            next[slot] = Math.max(next[slot], Math.min(end, ends[slot]));
        }

        @Override
        public void outOfRange(int slot) {
            throw new IllegalStateException(partitions.get(slot) + " on " + source + ": lost records meanwhile");
        }
    }

    private void send(WireClient client) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        int first = 0;
        while (unanswered > 0 || batches.stream().anyMatch(queue -> !queue.isEmpty())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(target + ": did not take the batches within 10 minutes");
            }
            Node leader = client.leader(0);
            for (int connection = 0; leader != null && connection < CONNECTIONS; connection++) {
                Node node = client.over(leader, connection);
                while (client.ready(node) && sendOne(client, node, connection, first)) {
                    first++;
                }
            }
            client.poll(50);
        }
    }

    /** Sends a request with a batch of as many of the connection's partitions as fit; false when nothing is left. */
    private boolean sendOne(WireClient client, Node node, int connection, int first) {
        Map<String, ProduceRequestData.TopicProduceData> topics = new HashMap<>();
        int bytes = 0;
        for (int i = 0; i < batches.size() && bytes < REQUEST_BYTES; i++) {
            int slot = (first + i) % batches.size();
            @Nullable
            ByteBuffer batch =
                    slot % CONNECTIONS == connection ? batches.get(slot).poll() : null;
            if (batch == null) {
                continue;
            }
            bytes += batch.remaining();
            TopicPartition partition = client.partition(slot);
            topics.computeIfAbsent(
                            partition.topic(),
                            topic -> new ProduceRequestData.TopicProduceData()
                                    .setName(topic)
                                    .setTopicId(client.topicId(slot)))
                    .partitionData()
                    .add(new ProduceRequestData.PartitionProduceData()
                            .setIndex(partition.partition())
                            .setRecords(MemoryRecords.readableRecords(batch)));
        }
        if (bytes == 0) {
            return false;
        }
        ProduceRequestData.TopicProduceDataCollection all = new ProduceRequestData.TopicProduceDataCollection();
        all.addAll(topics.values());
        ProduceRequestData data = new ProduceRequestData()
                .setAcks((short) -1)
                .setTimeoutMs(TIMEOUT_MILLIS)
                .setTransactionalId(null)
                .setTopicData(all);
        unanswered++;
        client.send(node, ProduceRequest.builder(data), this::answered);
        return true;
    }

    private void answered(ClientResponse response) {
        unanswered--;
        if (!response.hasResponse()) {
            throw new IllegalStateException(target + ": no answer to a produce request");
        }
        ((ProduceResponse) response.responseBody())
                .data()
                .responses()
                .forEach(topic -> topic.partitionResponses().forEach(partition -> {
                    if (partition.errorCode() != Errors.NONE.code()) {
                        throw new IllegalStateException(
                                target + ": refused a batch, " + Errors.forCode(partition.errorCode()));
                    }
                }));
    }
}
