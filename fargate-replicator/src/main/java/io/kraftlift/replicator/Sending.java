package io.kraftlift.replicator;

import io.kraftlift.access.wire.WireClient;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.failures.OperatorActionNeeded;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.jspecify.annotations.Nullable;

/**
 * The thread that brings durable segments to the target: in order within a partition, one batch of a partition in a
 * request, several requests in flight. What the broker's answer does not settle is settled by reading the target.
 */
final class Sending {
    /** To one broker. More than two brought nothing on two cores. */
    private static final int CONNECTIONS = 2;

    private static final int REQUEST_BYTES = 8 << 20;
    private static final int REQUEST_TIMEOUT_MILLIS = 30_000;
    private static final long POLL_MILLIS = 50;

    private final LaneWork work;
    private final RunControl control;
    private final Budget budget;
    private final SegmentMemory segments;
    private final Landing landing;
    private final Lease lease;
    private final TargetLog target;
    private final WireClient client;
    private final Queue<DurableSegment> in = new ConcurrentLinkedQueue<>();
    private final Queue<DurableSegment> unlanded = new ArrayDeque<>();
    private final PartitionQueue[] queues;
    private final Map<TopicPartition, PartitionQueue> queueOf = new HashMap<>();
    private final long[] landedUpTo;
    private List<PartitionQueue> active = new ArrayList<>();
    private volatile boolean noMore;

    Sending(LaneWork work, RunControl control, Memory memory, LaneStart.Opened opened, Lease lease, TargetLog target) {
        this.work = work;
        this.control = control;
        this.budget = memory.budget();
        this.segments = memory.segments();
        this.landing = opened.landing();
        this.landedUpTo = opened.landedUpTo();
        this.lease = lease;
        this.target = target;
        this.client =
                WireClient.open(work.config().target(), "target", work.partitionIds(), PartitionQueue.MOST_IN_FLIGHT);
        this.queues = new PartitionQueue[work.slots()];
        for (int slot = 0; slot < queues.length; slot++) {
            queues[slot] = new PartitionQueue(slot, client.partition(slot) + " on the target", System::nanoTime);
            queueOf.put(client.partition(slot), queues[slot]);
        }
        for (DurableSegment segment : opened.unlanded()) {
            segment.sends()
                    .forEach(send -> budget.take(send.slot(), send.bytes().remaining()));
            in.add(segment);
        }
    }

    /** Takes in the next segment. For the sealing thread. */
    void accept(DurableSegment segment) {
        in.add(segment);
        client.wakeup();
    }

    /** Says that no segment follows. For the sealing thread. */
    void noMore() {
        noMore = true;
        client.wakeup();
    }

    /** Sends until everything has landed and nothing follows. */
    void run() {
        try (client) {
            while (!control.failed()) {
                boolean last = noMore;
                takeIn();
                land();
                if (last && in.isEmpty() && unlanded.isEmpty()) {
                    return;
                }
                settleDoubts();
                if (lease.holds()) {
                    send();
                }
                client.poll(POLL_MILLIS);
            }
        }
    }

    private void takeIn() {
        for (DurableSegment segment = in.poll(); segment != null; segment = in.poll()) {
            unlanded.add(segment);
            for (Step.Send send : segment.sends()) {
                if (send.targetEnd() <= landedUpTo[send.slot()]) {
                    segment.oneLanded();
                } else {
                    PartitionQueue queue = queues[send.slot()];
                    queue.add(new Outgoing(send, segment));
                    list(queue);
                }
            }
        }
    }

    private void list(PartitionQueue queue) {
        if (!queue.listed) {
            queue.listed = true;
            active.add(queue);
        }
    }

    /** Invariant D: a segment has landed when every batch of it, and of all before it, was acknowledged. */
    private void land() {
        for (DurableSegment head = unlanded.peek(); head != null && head.landed(); head = unlanded.peek()) {
            unlanded.remove();
            landing.landed(head);
            head.sends()
                    .forEach(send -> budget.giveBack(send.slot(), send.bytes().remaining()));
            // Every request with a batch of it was answered, or its connection was closed.
            byte @Nullable [] memory = head.memory();
            if (memory != null) {
                segments.giveBack(memory);
            }
        }
    }

    private void send() {
        boolean sent = true;
        while (sent) {
            sent = false;
            Map<Node, Request> requests = new LinkedHashMap<>();
            Set<Node> full = new HashSet<>();
            List<PartitionQueue> still = new ArrayList<>(active.size());
            List<PartitionQueue> served = new ArrayList<>();
            for (PartitionQueue queue : active) {
                if (queue.isIdle()) {
                    queue.listed = false;
                } else if (offer(queue, requests, full)) {
                    served.add(queue);
                } else {
                    still.add(queue);
                }
            }
            // Those that were served go last, so that a full request does not starve the others.
            still.addAll(served);
            active = still;
            for (Map.Entry<Node, Request> entry : requests.entrySet()) {
                send(entry.getKey(), entry.getValue());
                sent = true;
            }
        }
    }

    /** Adds the queue's next batch to a request to its leader, where both allow it. */
    private boolean offer(PartitionQueue queue, Map<Node, Request> requests, Set<Node> full) {
        if (!queue.maySend()) {
            return false;
        }
        Node leader = client.leader(queue.slot);
        if (leader == null) {
            client.refreshLeaders();
            queue.failed(Errors.LEADER_NOT_AVAILABLE);
            return false;
        }
        Node broker = client.over(leader, queue.slot % CONNECTIONS);
        if (full.contains(broker) || !queue.mayGoTo(broker)) {
            return false;
        }
        Request request = requests.get(broker);
        if (request == null) {
            if (!client.ready(broker)) {
                full.add(broker);
                return false;
            }
            request = new Request();
            requests.put(broker, request);
        }
        request.add(queue.next(broker));
        if (request.bytes >= REQUEST_BYTES) {
            full.add(broker);
        }
        return true;
    }

    private void send(Node broker, Request request) {
        ProduceRequestData data = new ProduceRequestData()
                .setAcks((short) -1)
                .setTimeoutMs(REQUEST_TIMEOUT_MILLIS)
                .setTransactionalId(null)
                .setTopicData(topicsOf(request));
        client.send(broker, ProduceRequest.builder(data), response -> answered(request, response));
    }

    private ProduceRequestData.TopicProduceDataCollection topicsOf(Request request) {
        Map<String, ProduceRequestData.TopicProduceData> topics = new LinkedHashMap<>();
        for (Outgoing outgoing : request.batches) {
            int slot = outgoing.send.slot();
            TopicPartition partition = client.partition(slot);
            topics.computeIfAbsent(
                            partition.topic(),
                            topic -> new ProduceRequestData.TopicProduceData()
                                    .setName(topic)
                                    .setTopicId(client.topicId(slot)))
                    .partitionData()
                    .add(new ProduceRequestData.PartitionProduceData()
                            .setIndex(partition.partition())
                            .setRecords(MemoryRecords.readableRecords(
                                    outgoing.send.bytes().duplicate())));
        }
        ProduceRequestData.TopicProduceDataCollection collection = new ProduceRequestData.TopicProduceDataCollection();
        collection.addAll(topics.values());
        return collection;
    }

    private void answered(Request request, ClientResponse response) {
        Map<TopicPartition, PartitionProduceResponse> answers = new HashMap<>();
        if (response.hasResponse()) {
            for (TopicProduceResponse topic :
                    ((ProduceResponse) response.responseBody()).data().responses()) {
                String name = topic.name().isEmpty() ? client.topicNames().get(topic.topicId()) : topic.name();
                for (PartitionProduceResponse partition : topic.partitionResponses()) {
                    answers.put(new TopicPartition(String.valueOf(name), partition.index()), partition);
                }
            }
        }
        for (Outgoing outgoing : request.batches) {
            PartitionQueue queue = queues[outgoing.send.slot()];
            PartitionProduceResponse answer = answers.get(client.partition(queue.slot));
            if (answer == null) {
                queue.again(outgoing, Errors.NETWORK_EXCEPTION);
            } else {
                answered(queue, outgoing, answer);
            }
            if (queue.regroup()) {
                list(queue);
            }
        }
    }

    private void answered(PartitionQueue queue, Outgoing outgoing, PartitionProduceResponse answer) {
        Errors error = Errors.forCode(answer.errorCode());
        switch (error) {
            case NONE -> acknowledged(queue, outgoing, answer.baseOffset());
            case DUPLICATE_SEQUENCE_NUMBER, OUT_OF_ORDER_SEQUENCE_NUMBER, UNKNOWN_PRODUCER_ID ->
                queue.again(outgoing, error);
            default -> {
                if (!(error.exception() instanceof RetriableException)) {
                    throw refused(queue, outgoing, error, String.valueOf(answer.errorMessage()));
                }
                client.refreshLeaders();
                queue.again(outgoing, error);
            }
        }
    }

    /** Invariant C: a batch that landed anywhere but where the log says shows that somebody else writes there. */
    private void acknowledged(PartitionQueue queue, Outgoing outgoing, long base) {
        long expected = outgoing.send.targetBase();
        if (base > expected) {
            throw target.foreign(queue.slot, expected, base - 1);
        }
        target.requireNotBelow(queue.slot, base, expected);
        queue.landed(outgoing);
    }

    private KraftliftFailure refused(PartitionQueue queue, Outgoing outgoing, Errors error, String message) {
        String place = work.partitionIds().get(queue.slot) + " on the target: ";
        int size = outgoing.send.bytes().remaining();
        return switch (error) {
            case MESSAGE_TOO_LARGE, RECORD_LIST_TOO_LARGE ->
                new OperatorActionNeeded(
                        FailureName.RECORD_TOO_LARGE,
                        place + "a record batch of " + size
                                + " bytes is refused; raise the topic's max.message.bytes to at" + " least " + size
                                + " (and the broker's message.max.bytes and replica.fetch.max.bytes)");
            case TOPIC_AUTHORIZATION_FAILED, CLUSTER_AUTHORIZATION_FAILED ->
                new OperatorActionNeeded(
                        FailureName.ACCESS_DENIED,
                        place + "we may not write (" + error + "); allow our user Write on the topic");
            case INVALID_TIMESTAMP, INVALID_RECORD ->
                new OperatorActionNeeded(
                        FailureName.TOPOLOGY_CONFLICT,
                        place + "a record batch is refused (" + error + ", " + message
                                + "); while copying the topic needs message.timestamp.type=CreateTime, no timestamp limits,"
                                + " and cleanup.policy=delete");
            default ->
                new InvariantBroken(
                        FailureName.DEFECT,
                        place + "the batch for offset " + outgoing.send.targetBase() + " is refused: " + error + " "
                                + message);
        };
    }

    /** Where the broker's answers leave open what it has, the target is read. Never guessed. */
    private void settleDoubts() {
        for (PartitionQueue queue : active) {
            if (queue.mayBeSettled()) {
                settle(queue);
            }
        }
    }

    private void settle(PartitionQueue queue) {
        long end = target.end(queue.slot);
        long[] ends = new long[queues.length];
        ends[queue.slot] = end;
        target.verify(Map.of(queue.slot, queue.unsent()), ends);
        queue.settled(end);
    }

    /** A produce request being put together. */
    private static final class Request {
        private final List<Outgoing> batches = new ArrayList<>();
        private int bytes;

        void add(Outgoing outgoing) {
            batches.add(outgoing);
            bytes += outgoing.send.bytes().remaining();
        }
    }
}
