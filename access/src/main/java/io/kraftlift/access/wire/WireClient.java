package io.kraftlift.access.wire;

import io.kraftlift.access.kafka.AdminCalls;
import io.kraftlift.access.kafka.ClientProperties;
import io.kraftlift.access.kafka.SignInRefusal;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.RequestCompletionHandler;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.LogContext;
import org.jspecify.annotations.Nullable;

/**
 * Connections to the leaders of some partitions of one cluster, on kafka-clients' own network classes, so that TLS, SASL
 * and re-authentication are Kafka's. Partitions are named by their slot, the index in the list that the client was opened
 * with. Leaders are learned from metadata and learned anew on demand.
 *
 * <p>Mutable, confined to one thread, but for {@link #wakeup()}.
 */
public final class WireClient implements AutoCloseable {
    private static final int REQUEST_TIMEOUT_MILLIS = 30_000;
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;
    private static final long RECONNECT_BACKOFF_MAX_MILLIS = 500;

    /** Kafka's network classes keep one connection for each node id; ids of further connections are beyond any broker's. */
    private static final int CONNECTION_STRIDE = 100_000_000;

    private final ClusterSide side;
    private final AuthSettings auth;
    private final Time time = Time.SYSTEM;
    private final Metrics metrics = new Metrics();
    private final LeaderMetadata metadata;
    private final NetworkClient client;
    private final TopicPartition[] partitions;
    private final @Nullable Node[] leaders;
    private final Uuid[] topicIds;
    private final Map<Uuid, String> topicNames = new HashMap<>();
    private final Set<String> leftOut = new HashSet<>();
    private final Map<Integer, Outage> silent = new HashMap<>();
    private @Nullable RuntimeException failedAnswer;
    private int metadataVersion = -1;

    private WireClient(Identity identity, ProducerConfig config, LeaderMetadata metadata, NetworkSettings network) {
        this.side = identity.side();
        this.auth = identity.auth();
        this.metadata = metadata;
        this.partitions = network.partitions();
        this.leaders = new Node[partitions.length];
        this.topicIds = new Uuid[partitions.length];
        java.util.Arrays.fill(topicIds, Uuid.ZERO_UUID);
        this.client = ClientUtils.createNetworkClient(
                config,
                config.getList(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG),
                metrics,
                "kraftlift",
                new LogContext(),
                new ApiVersions(),
                time,
                network.requestsInFlight(),
                metadata,
                null,
                null);
    }

    /** Which cluster it is, and how it knows us, for messages. */
    private record Identity(ClusterSide side, AuthSettings auth) {}

    @SuppressWarnings("ArrayRecordComponent") // a carrier of constructor arguments, never compared
    private record NetworkSettings(TopicPartition[] partitions, int requestsInFlight) {}

    /**
     * Connects, and waits until the leaders are known.
     *
     * @param name what the cluster is to us, "source" or "target", and after a dash what the client is for
     * @param requestsInFlight to one broker at a time, at least 1
     * @throws TryAgain BROKER_UNREACHABLE when no broker answers, or a partition has no leader, for a minute
     * @throws OperatorActionNeeded ACCESS_DENIED when the cluster refuses the credentials or the topics,
     *     CONFIGURATION_WRONG when no connection can be set up with these settings
     */
    public static WireClient open(
            ClusterSettings settings, String name, Collection<PartitionId> partitions, int requestsInFlight) {
        return open(settings, name, partitions, requestsInFlight, Set.of());
    }

    /** Like the other, without the topics that are {@code leftOut}: their partitions have no leader, and none is waited for. */
    public static WireClient open(
            ClusterSettings settings,
            String name,
            Collection<PartitionId> partitions,
            int requestsInFlight,
            Set<TopicName> leftOut) {
        ClusterSide side = name.startsWith("source") ? ClusterSide.SOURCE : ClusterSide.TARGET;
        Map<String, Object> properties = ClientProperties.of(settings, side.toString());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "kraftlift-" + name);
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        properties.put(ProducerConfig.SEND_BUFFER_CONFIG, SOCKET_BUFFER_BYTES);
        properties.put(ProducerConfig.RECEIVE_BUFFER_CONFIG, SOCKET_BUFFER_BYTES);
        properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_BACKOFF_MAX_MILLIS);
        ProducerConfig config = new ProducerConfig(properties);
        TopicPartition[] slots = partitions.stream()
                .map(partition -> new TopicPartition(partition.topic().value(), partition.index()))
                .toArray(TopicPartition[]::new);
        LeaderMetadata metadata = new LeaderMetadata(slots);
        leftOut.forEach(topic -> metadata.leaveOut(topic.value()));
        WireClient client = new AdminCalls(side).connect(() -> {
            ClientUtils.maybeBootstrapMetadataSynchronously(
                    config, config.getList(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG), metadata);
            return new WireClient(
                    new Identity(side, settings.auth()),
                    config,
                    metadata,
                    new NetworkSettings(slots, requestsInFlight));
        });
        try {
            client.leftOut.addAll(leftOut.stream().map(TopicName::value).toList());
            client.awaitLeaders();
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
        return client;
    }

    public int slots() {
        return partitions.length;
    }

    public TopicPartition partition(int slot) {
        return partitions[slot];
    }

    /** The partition's leader as last learned; null when there is none. */
    public @Nullable Node leader(int slot) {
        return leaders[slot];
    }

    /** The topic's id as last learned; zero where the cluster has none. */
    public Uuid topicId(int slot) {
        return topicIds[slot];
    }

    public Map<Uuid, String> topicNames() {
        return topicNames;
    }

    /** The slots by leader; partitions without one are left out. */
    public Map<Node, List<Integer>> slotsByLeader() {
        Map<Node, List<Integer>> byLeader = new LinkedHashMap<>();
        for (int slot = 0; slot < leaders.length; slot++) {
            Node leader = leaders[slot];
            if (leader != null) {
                byLeader.computeIfAbsent(leader, n -> new ArrayList<>()).add(slot);
            }
        }
        return byLeader;
    }

    /**
     * A broker as reached over its n-th connection. A broker works on one request of a connection at a time, so a second
     * connection lets it read one request while it writes another to its logs.
     *
     * @param number from 0, at most 9; what has to stay in order goes over one connection
     */
    public Node over(Node broker, int number) {
        return number == 0
                ? broker
                : new Node(broker.id() + number * CONNECTION_STRIDE, broker.host(), broker.port(), broker.rack());
    }

    /** Grows whenever leaders may have changed. */
    public int leadersVersion() {
        return metadataVersion;
    }

    /** Asks for leaders anew, with the next poll. */
    public void refreshLeaders() {
        metadata.requestUpdate(false);
    }

    /** Follows a topic's leaders no more, because it is not there or nothing of it is wanted. */
    public void leaveOut(TopicName topic) {
        leftOut.add(topic.value());
        metadata.leaveOut(topic.value());
    }

    /** Follows the leaders of a topic that was left out. */
    public void takeIn(TopicName topic) {
        if (leftOut.remove(topic.value())) {
            metadata.takeIn(topic.value());
        }
    }

    /**
     * Whether a request can be sent to the node now; begins to connect where there is no connection.
     *
     * @throws TryAgain BROKER_UNREACHABLE when the node was needed, and did not answer, for a minute
     */
    public boolean ready(Node node) {
        boolean ready = client.ready(node, time.milliseconds());
        if (!ready && client.inFlightRequestCount(node.idString()) == 0) {
            unheard(node);
        }
        return ready;
    }

    public int inFlight(Node node) {
        return client.inFlightRequestCount(node.idString());
    }

    /** Sends a request; {@code whenAnswered} runs inside a later {@link #poll}, which throws what it throws. */
    public void send(Node node, AbstractRequest.Builder<?> request, RequestCompletionHandler whenAnswered) {
        long now = time.milliseconds();
        client.send(
                client.newClientRequest(node.idString(), request, now, true, REQUEST_TIMEOUT_MILLIS, response -> {
                    if (failedAnswer == null) {
                        failedAnswer = failureOf(() -> {
                            heard(node, response);
                            whenAnswered.onComplete(response);
                        });
                    }
                }),
                now);
    }

    /** NetworkClient only logs what a callback throws; so it is kept until the poll has returned. */
    private static @Nullable RuntimeException failureOf(Runnable callback) {
        try {
            callback.run();
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /**
     * Lets the network work for at most so long, or until something happened.
     *
     * @throws RuntimeException what taking in an answer threw; the client is of no use afterwards
     */
    public void poll(long millis) {
        client.poll(millis, time.milliseconds());
        if (failedAnswer != null) {
            throw failedAnswer;
        }
        try {
            metadata.maybeThrowAnyException();
        } catch (AuthenticationException e) {
            throw SignInRefusal.of(side.toString(), auth, e);
        } catch (AuthorizationException e) {
            throw refused(e);
        } catch (org.apache.kafka.common.errors.RetriableException e) {
            metadata.requestUpdate(false);
        }
        learnLeaders();
    }

    /** Ends a {@link #poll} of another thread. */
    public void wakeup() {
        client.wakeup();
    }

    /**
     * Sends a request to some broker and waits for the answer.
     *
     * @throws TryAgain BROKER_UNREACHABLE when there is none for a minute
     */
    public <T extends AbstractResponse> T ask(AbstractRequest.Builder<?> request, Class<T> answer) {
        long deadline = time.milliseconds() + Outage.PATIENCE_MILLIS;
        for (long left = Outage.PATIENCE_MILLIS; left > 0; left = deadline - time.milliseconds()) {
            Optional<T> answered = askOnce(request, answer, left);
            if (answered.isPresent()) {
                return answered.get();
            }
        }
        throw unreachable("no broker answered");
    }

    /** Like {@link #ask}, but empty when the connection breaks or there is no answer for so many milliseconds. */
    <T extends AbstractResponse> Optional<T> askOnce(
            AbstractRequest.Builder<?> request, Class<T> answer, long patienceMillis) {
        return askOnce(
                () -> client.leastLoadedNode(time.milliseconds()).node(),
                new Question<>(request, answer),
                patienceMillis);
    }

    /** Like the other, of the node. */
    <T extends AbstractResponse> Optional<T> askOnce(
            Node node, AbstractRequest.Builder<?> request, Class<T> answer, long patienceMillis) {
        return askOnce(() -> node, new Question<>(request, answer), patienceMillis);
    }

    private record Question<T extends AbstractResponse>(AbstractRequest.Builder<?> request, Class<T> answer) {}

    private <T extends AbstractResponse> Optional<T> askOnce(
            Supplier<@Nullable Node> nodes, Question<T> question, long patienceMillis) {
        long deadline = time.milliseconds() + patienceMillis;
        List<ClientResponse> answers = new ArrayList<>(1);
        boolean waiting = false;
        while (time.milliseconds() < deadline) {
            Node node = waiting ? null : nodes.get();
            if (node != null && ready(node)) {
                send(node, question.request(), answers::add);
                waiting = true;
            }
            poll(Math.min(50, Math.max(1, deadline - time.milliseconds())));
            if (!answers.isEmpty()) {
                ClientResponse response = answers.get(0);
                return response.hasResponse()
                        ? Optional.of(question.answer().cast(response.responseBody()))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private void awaitLeaders() {
        long deadline = time.milliseconds() + Outage.PATIENCE_MILLIS;
        while (true) {
            poll(50);
            int missing = firstWithoutLeader();
            if (missing < 0) {
                return;
            }
            if (time.milliseconds() > deadline) {
                throw unreachable("partition " + partitions[missing] + " has no leader");
            }
            if (metadataVersion > 0) {
                metadata.requestUpdate(false);
            }
        }
    }

    private int firstWithoutLeader() {
        for (int slot = 0; slot < leaders.length; slot++) {
            if (leaders[slot] == null && !leftOut.contains(partitions[slot].topic())) {
                return slot;
            }
        }
        return -1;
    }

    private void learnLeaders() {
        int version = metadata.updateVersion();
        if (version == metadataVersion) {
            return;
        }
        metadataVersion = version;
        Map<String, Uuid> ids = metadata.topicIds();
        for (int slot = 0; slot < partitions.length; slot++) {
            leaders[slot] = metadata.currentLeader(partitions[slot]).leader.orElse(null);
            Uuid id = ids.getOrDefault(partitions[slot].topic(), Uuid.ZERO_UUID);
            topicIds[slot] = id;
            topicNames.put(id, partitions[slot].topic());
        }
    }

    private void heard(Node node, ClientResponse response) {
        if (response.authenticationException() != null) {
            throw SignInRefusal.of(side.toString(), auth, response.authenticationException());
        }
        if (response.wasDisconnected()) {
            metadata.requestUpdate(false);
            unheard(node);
        } else {
            silent.remove(node.id());
        }
        if (response.versionMismatch() != null) {
            throw new OperatorActionNeeded(
                    FailureName.TOPOLOGY_CONFLICT,
                    side + " cluster: " + response.versionMismatch().getMessage()
                            + "; use brokers of version 2.1 or above",
                    response.versionMismatch());
        }
    }

    private void unheard(Node node) {
        if (silent.computeIfAbsent(node.id(), id -> new Outage()).exhausts(time.milliseconds())) {
            throw unreachable("broker " + node.id() % CONNECTION_STRIDE + " did not answer");
        }
    }

    private OperatorActionNeeded refused(RuntimeException cause) {
        return new OperatorActionNeeded(
                FailureName.ACCESS_DENIED,
                side + " cluster refused us (" + cause.getMessage() + "); check the permissions of " + side
                        + ".auth's principal",
                cause);
    }

    private TryAgain unreachable(String what) {
        return new TryAgain(
                FailureName.BROKER_UNREACHABLE,
                side + " cluster: " + what + " for " + Outage.PATIENCE_MILLIS / 1000 + " s");
    }

    @Override
    public void close() {
        client.close();
        metadata.close();
        metrics.close();
    }
}
