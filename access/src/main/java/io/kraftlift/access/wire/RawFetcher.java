package io.kraftlift.access.wire;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.FetchSessionHandler;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.LogContext;

/**
 * Fetches record batches as bytes from the leaders of a {@link WireClient}'s partitions: one request in flight for each
 * broker, in a fetch session, so that partitions without news cost nothing.
 *
 * <p>Mutable, confined to one thread.
 */
public final class RawFetcher {
    /** How long a partition that answers with an error that passes is left alone. */
    private static final long RETRY_MILLIS = 100;

    private static final int MAX_WAIT_MILLIS = 500;

    /** How often a broker's partitions are looked through for holes at their end. */
    private static final long HOLE_SEARCH_MILLIS = 300;

    /** What is fetched, and where it goes. */
    public interface Sink {
        /** The offset to fetch next; negative when the partition is not to be fetched now. */
        long wanted(int slot);

        /** Bytes of the offset that was wanted and after; called at most once for an offset that was wanted. */
        void fetched(int slot, FetchedRecords records);

        /**
         * There is no record between the wanted offset and {@code end}, and never will be: they were compacted away up to
         * the log's end.
         */
        void nothingUntil(int slot, long end);

        /** The wanted offset is not, or no longer, in the log. Asked again until the wanted offset changes. */
        void outOfRange(int slot);

        /** The partition's leader does not know the partition: for a moment, or because it was deleted. */
        default void unknown(int slot) {}
    }

    /**
     * How much a fetch may bring.
     *
     * @param maxBytes of one request
     * @param partitionBytes of one partition in a request
     */
    public record Limits(IsolationLevel isolation, int maxBytes, int partitionBytes) {}

    private final WireClient client;
    private final Limits limits;
    private final Sink sink;
    private final Time time = Time.SYSTEM;
    private final Map<Integer, FetchSessionHandler> sessions = new HashMap<>();
    private final Set<Integer> busy = new HashSet<>();
    private final long[] ends;
    private final long[] asked;
    private final long[] retryAt;
    private final Outage[] troubles;
    private final boolean[] alone;
    private Map<Node, List<Integer>> slotsByLeader = Map.of();
    private List<Integer> leaderless = List.of();
    private int leadersVersion = -1;
    private final Map<Integer, Long> holesSoughtAt = new HashMap<>();

    public RawFetcher(WireClient client, Limits limits, Sink sink) {
        this.client = client;
        this.limits = limits;
        this.sink = sink;
        this.ends = new long[client.slots()];
        this.asked = new long[client.slots()];
        this.retryAt = new long[client.slots()];
        this.troubles = new Outage[client.slots()];
        Arrays.setAll(troubles, slot -> new Outage());
        this.alone = new boolean[client.slots()];
        Arrays.fill(asked, -1);
    }

    /** Sends what is wanted to every broker that has no request of ours, then lets the network work. */
    public void poll(long millis) {
        send();
        client.poll(millis);
    }

    /** Sends what is wanted to every broker that has no request of ours. */
    public void send() {
        if (client.leadersVersion() != leadersVersion) {
            leadersVersion = client.leadersVersion();
            slotsByLeader = client.slotsByLeader();
            leaderless = IntStream.range(0, client.slots())
                    .filter(slot -> client.leader(slot) == null)
                    .boxed()
                    .toList();
        }
        leaderless.forEach(this::askForLeader);
        for (Map.Entry<Node, List<Integer>> entry : slotsByLeader.entrySet()) {
            if (!busy.contains(entry.getKey().id())) {
                sendTo(entry.getKey(), entry.getValue());
            }
        }
    }

    /** Whether any request is unanswered. */
    public boolean waiting() {
        return !busy.isEmpty();
    }

    private void askForLeader(int slot) {
        if (retryAt[slot] <= time.milliseconds() && sink.wanted(slot) >= 0) {
            trouble(slot, Errors.LEADER_NOT_AVAILABLE);
        }
    }

    private void sendTo(Node node, List<Integer> slots) {
        long now = time.milliseconds();
        FetchSessionHandler session =
                sessions.computeIfAbsent(node.id(), id -> new FetchSessionHandler(new LogContext(), id));
        FetchSessionHandler.Builder builder = null;
        Map<TopicPartition, Integer> slotOf = new HashMap<>();
        for (int slot : slots) {
            long wanted = retryAt[slot] > now ? -1 : sink.wanted(slot);
            if (wanted < 0) {
                continue;
            }
            if (builder == null) {
                if (!client.ready(node)) {
                    return;
                }
                builder = session.newBuilder(slots.size(), false);
            }
            asked[slot] = wanted;
            if (alone[slot]) {
                alone[slot] = false;
                sendAlone(node, slot, wanted);
                return;
            }
            slotOf.put(client.partition(slot), slot);
            builder.add(client.partition(slot), wantedFrom(slot, wanted));
        }
        if (builder == null) {
            return;
        }
        FetchSessionHandler.FetchRequestData data = builder.build();
        short version = data.canUseTopicIds() ? ApiKeys.FETCH.latestVersion() : (short) 12;
        FetchRequest.Builder request = FetchRequest.Builder.forConsumer(version, MAX_WAIT_MILLIS, 1, data.toSend())
                .isolationLevel(limits.isolation())
                .setMaxBytes(limits.maxBytes())
                .metadata(data.metadata())
                .removed(data.toForget())
                .replaced(data.toReplace());
        busy.add(node.id());
        client.send(node, request, response -> answered(node, session, slotOf, response));
    }

    private FetchRequest.PartitionData wantedFrom(int slot, long wanted) {
        return new FetchRequest.PartitionData(
                client.topicId(slot),
                wanted,
                FetchRequest.INVALID_LOG_START_OFFSET,
                limits.partitionBytes(),
                Optional.empty());
    }

    private void answered(
            Node node, FetchSessionHandler session, Map<TopicPartition, Integer> slotOf, ClientResponse response) {
        busy.remove(node.id());
        if (!response.hasResponse()) {
            session.handleError(new DisconnectException());
            return;
        }
        FetchResponse answer = (FetchResponse) response.responseBody();
        short version = response.requestHeader().apiVersion();
        if (!session.handleResponse(answer, version)) {
            if (answer.error() != Errors.FETCH_SESSION_ID_NOT_FOUND
                    && answer.error() != Errors.INVALID_FETCH_SESSION_EPOCH) {
                slotOf.values().forEach(slot -> trouble(slot, answer.error()));
            }
            return;
        }
        long bytes = 0;
        for (Map.Entry<TopicPartition, FetchResponseData.PartitionData> entry :
                answer.responseData(client.topicNames(), version).entrySet()) {
            Integer slot = slotOf.get(entry.getKey());
            if (slot != null) {
                bytes += take(slot, entry.getValue());
            }
        }
        long now = time.milliseconds();
        if (bytes < limits.maxBytes() / 2 && now - holesSoughtAt.getOrDefault(node.id(), 0L) > HOLE_SEARCH_MILLIS) {
            holesSoughtAt.put(node.id(), now);
            slotOf.values().forEach(this::suspectHole);
        }
    }

    /** There was room in the answer; a partition that has an end beyond what is wanted and brought nothing has a hole. */
    private void suspectHole(int slot) {
        long wanted = sink.wanted(slot);
        alone[slot] = wanted >= 0 && wanted == asked[slot] && wanted < ends[slot];
    }

    private void sendAlone(Node node, int slot, long wanted) {
        Map<TopicPartition, FetchRequest.PartitionData> one = new LinkedHashMap<>();
        one.put(client.partition(slot), wantedFrom(slot, wanted));
        boolean ids = !client.topicId(slot).equals(org.apache.kafka.common.Uuid.ZERO_UUID);
        FetchRequest.Builder request = FetchRequest.Builder.forConsumer(
                        ids ? ApiKeys.FETCH.latestVersion() : (short) 12, 0, 0, one)
                .isolationLevel(limits.isolation())
                .setMaxBytes(limits.maxBytes());
        busy.add(node.id());
        client.send(node, request, response -> {
            busy.remove(node.id());
            if (!response.hasResponse()) {
                return;
            }
            FetchResponse answer = (FetchResponse) response.responseBody();
            FetchResponseData.PartitionData data = answer.responseData(
                            client.topicNames(), response.requestHeader().apiVersion())
                    .get(client.partition(slot));
            if (data == null) {
                if (answer.error() != Errors.NONE) {
                    trouble(slot, answer.error());
                }
                return;
            }
            int bytes = take(slot, data);
            if (bytes == 0 && data.errorCode() == Errors.NONE.code() && ends[slot] > wanted) {
                sink.nothingUntil(slot, ends[slot]);
            }
        });
    }

    /** Takes in one partition's part of an answer; returns its size in bytes. */
    private int take(int slot, FetchResponseData.PartitionData data) {
        Errors error = Errors.forCode(data.errorCode());
        if (error == Errors.OFFSET_OUT_OF_RANGE) {
            retryAt[slot] = time.milliseconds() + RETRY_MILLIS;
            sink.outOfRange(slot);
            return 0;
        }
        if (error != Errors.NONE) {
            trouble(slot, error);
            return 0;
        }
        troubles[slot].end();
        boolean committed = limits.isolation() == IsolationLevel.READ_COMMITTED;
        ends[slot] = committed && data.lastStableOffset() >= 0 ? data.lastStableOffset() : data.highWatermark();
        ByteBuffer bytes = data.records() == null
                ? ByteBuffer.allocate(0)
                : ((MemoryRecords) data.records()).buffer().duplicate();
        int size = bytes.remaining();
        List<FetchedRecords.AbortedTransaction> aborted = data.abortedTransactions() == null
                ? List.of()
                : data.abortedTransactions().stream()
                        .map(a -> new FetchedRecords.AbortedTransaction(a.producerId(), a.firstOffset()))
                        .toList();
        if (sink.wanted(slot) == asked[slot] || size == 0) {
            sink.fetched(slot, new FetchedRecords(bytes, aborted, ends[slot]));
        }
        return size;
    }

    private static boolean tellsOfAnUnknownPartition(Errors error) {
        return switch (error) {
            case UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_ID, INCONSISTENT_TOPIC_ID -> true;
            default -> false;
        };
    }

    private void trouble(int slot, Errors error) {
        long now = time.milliseconds();
        if (error == Errors.TOPIC_AUTHORIZATION_FAILED) {
            throw new OperatorActionNeeded(
                    FailureName.ACCESS_DENIED,
                    client.partition(slot) + " may not be read; allow our user to read and describe the topic");
        }
        retryAt[slot] = now + RETRY_MILLIS;
        if (tellsOfAnUnknownPartition(error)) {
            sink.unknown(slot);
        }
        if (troubles[slot].exhausts(now)) {
            throw new TryAgain(
                    FailureName.BROKER_UNREACHABLE,
                    client.partition(slot) + " cannot be read for " + Outage.PATIENCE_MILLIS / 1000 + " s (" + error
                            + ")");
        }
        client.refreshLeaders();
    }
}
