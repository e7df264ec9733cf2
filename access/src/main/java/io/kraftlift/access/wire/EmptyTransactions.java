package io.kraftlift.access.wire;

import io.kraftlift.core.batches.ProducerIdentity;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData.Coordinator;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.AddPartitionsToTxnRequest;
import org.apache.kafka.common.requests.AddPartitionsToTxnResponse;
import org.apache.kafka.common.requests.EndTxnRequest;
import org.apache.kafka.common.requests.EndTxnResponse;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.FindCoordinatorRequest.CoordinatorType;
import org.apache.kafka.common.requests.FindCoordinatorResponse;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.InitProducerIdResponse;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions that span partitions and have no record, so that all that the broker appends to a log is one control batch:
 * the commit marker. Nothing is left open: what an earlier attempt under the same transactional id began is ended before
 * anything else, what fails is aborted, and where that fails too the coordinator aborts it at the timeout. Since nothing was
 * written, not even an open one holds the partitions' last stable offsets.
 *
 * <p>Mutable, confined to one thread.
 */
public final class EmptyTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(EmptyTransactions.class);

    /**
     * A transaction's state is one record of at most 1 MiB by default. A partition takes at most 259 bytes of it (a topic's
     * name of 249, its length of 2, an array's length of 4, an index of 4), so that 2,000 take half of that.
     */
    private static final int PARTITIONS_AT_ONCE = 2_000;

    /** A coordinator that does not answer for so long may have moved. */
    private static final long ANSWER_MILLIS = 5_000;

    private static final long ABORT_MILLIS = 2_000;

    /** Producers are waiting, and a marker takes some milliseconds. */
    private static final long PAUSE_MILLIS = 20;

    private final WireClient client;
    private final String transactionalId;
    private final Time time = Time.SYSTEM;
    private final int partitionsAtOnce;
    private final int timeoutMillis;
    private long deadline;
    private @Nullable Node coordinator;

    /**
     * Asks nothing yet.
     *
     * @param patience how long all may take, and how long the coordinator lets a transaction be open
     */
    public EmptyTransactions(WireClient client, String transactionalId, Duration patience) {
        this(client, transactionalId, patience, PARTITIONS_AT_ONCE);
    }

    /** @param partitionsAtOnce how many partitions a transaction spans at most */
    EmptyTransactions(WireClient client, String transactionalId, Duration patience, int partitionsAtOnce) {
        this.client = client;
        this.transactionalId = transactionalId;
        this.partitionsAtOnce = partitionsAtOnce;
        this.timeoutMillis = Math.toIntExact(patience.toMillis());
        this.deadline = time.milliseconds() + timeoutMillis;
    }

    /**
     * A producer for one transaction. When it is there, every earlier transaction of this id has ended and its markers are
     * in the logs: KIP-98, InitProducerId is answered with CONCURRENT_TRANSACTIONS until then.
     *
     * @throws TryAgain BROKER_UNREACHABLE when the coordinator does not come to it in time
     * @throws OperatorActionNeeded ACCESS_DENIED when our user may not use the transactional id, CONFIGURATION_WRONG when the
     *     brokers allow no transaction to last as long as the patience
     */
    public ProducerIdentity begin() throws InterruptedException {
        InitProducerIdRequestData data = new InitProducerIdRequestData()
                .setTransactionalId(transactionalId)
                .setTransactionTimeoutMs(timeoutMillis);
        InitProducerIdResponse answer = untilDone(new Step<>(
                "getting a producer id",
                new InitProducerIdRequest.Builder(data),
                InitProducerIdResponse.class,
                response -> response.error()));
        return new ProducerIdentity(answer.data().producerId(), answer.data().producerEpoch());
    }

    /**
     * Commits empty transactions over all partitions of the client. Afterwards the marker is in the log of every partition
     * whose message format knows transactions; the broker leaves the others out without a word.
     *
     * @return for each slot the producer whose transaction it was in
     * @throws TryAgain BROKER_UNREACHABLE when it is not done in time
     * @throws OperatorActionNeeded ACCESS_DENIED when our user may not use the transactional id or write to a topic
     */
    public List<ProducerIdentity> commitOverAll() throws InterruptedException {
        List<ProducerIdentity> producers = new ArrayList<>(client.slots());
        ProducerIdentity producer = begin();
        while (producers.size() < client.slots()) {
            List<TopicPartition> partitions = new ArrayList<>();
            while (producers.size() < client.slots() && partitions.size() < partitionsAtOnce) {
                partitions.add(client.partition(producers.size()));
                producers.add(producer);
            }
            commitOver(partitions, producer);
            producer = begin();
        }
        return producers;
    }

    private void commitOver(List<TopicPartition> partitions, ProducerIdentity producer) throws InterruptedException {
        boolean committed = false;
        try {
            add(partitions, producer);
            end(producer, true, response -> response.error());
            committed = true;
        } finally {
            if (!committed) {
                abort(producer);
            }
        }
    }

    /** Has the coordinator begin the transaction, over all of the partitions or none. */
    void add(List<TopicPartition> partitions, ProducerIdentity producer) throws InterruptedException {
        AddPartitionsToTxnResponse unused = untilDone(new Step<>(
                "beginning a transaction",
                AddPartitionsToTxnRequest.Builder.forClient(
                        transactionalId, producer.id(), producer.epoch(), partitions),
                AddPartitionsToTxnResponse.class,
                this::errorOf));
    }

    /** Ends what is open of the producer's transaction. The failure that led here is thrown; this one's is only logged. */
    void abort(ProducerIdentity producer) throws InterruptedException {
        deadline = time.milliseconds() + ABORT_MILLIS;
        try {
            // In any other state than an ongoing one's there is nothing to abort.
            end(
                    producer,
                    false,
                    response -> response.error() == Errors.INVALID_TXN_STATE ? Errors.NONE : response.error());
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .setCause(e)
                    .log("an empty transaction was not aborted; its coordinator aborts it at its timeout");
        }
    }

    private void end(ProducerIdentity producer, boolean commit, Function<EndTxnResponse, Errors> error)
            throws InterruptedException {
        EndTxnRequestData data = new EndTxnRequestData()
                .setTransactionalId(transactionalId)
                .setProducerId(producer.id())
                .setProducerEpoch(producer.epoch())
                .setCommitted(commit);
        EndTxnResponse unused = untilDone(new Step<>(
                "ending a transaction", new EndTxnRequest.Builder(data, false), EndTxnResponse.class, error));
    }

    /** Of several partitions one is to blame, and the others were not attempted. */
    private Errors errorOf(AddPartitionsToTxnResponse answer) {
        Map<TopicPartition, Errors> errors =
                answer.errors().getOrDefault(AddPartitionsToTxnResponse.V3_AND_BELOW_TXN_ID, Map.of());
        List<String> forbidden = errors.entrySet().stream()
                .filter(entry -> entry.getValue() == Errors.TOPIC_AUTHORIZATION_FAILED)
                .map(entry -> entry.getKey().topic())
                .distinct()
                .sorted()
                .toList();
        if (!forbidden.isEmpty()) {
            throw new OperatorActionNeeded(
                    FailureName.ACCESS_DENIED,
                    "source: topics " + String.join(", ", forbidden)
                            + " may not be written to; allow our user Write on these topics");
        }
        return errors.values().stream()
                .filter(error -> error != Errors.NONE && error != Errors.OPERATION_NOT_ATTEMPTED)
                .findFirst()
                .orElse(Errors.NONE);
    }

    /** One request to the coordinator, which may be sent again. */
    private record Step<T extends AbstractResponse>(
            String what, AbstractRequest.Builder<?> request, Class<T> answer, Function<T, Errors> error) {}

    private <T extends AbstractResponse> T untilDone(Step<T> step) throws InterruptedException {
        Errors last = Errors.NONE;
        for (long left = left(); left > 0; left = left()) {
            if (Thread.interrupted()) {
                throw new InterruptedException(step.what());
            }
            if (coordinator == null) {
                last = findCoordinator();
            }
            Optional<T> answer = coordinator == null
                    ? Optional.empty()
                    : client.askOnce(coordinator, step.request(), step.answer(), Math.min(left, ANSWER_MILLIS));
            if (answer.isPresent()) {
                last = step.error().apply(answer.get());
                if (last == Errors.NONE) {
                    return answer.get();
                }
                requirePassing(last, step.what());
            }
            if (answer.isEmpty()
                    || (last != Errors.CONCURRENT_TRANSACTIONS && last != Errors.UNKNOWN_TOPIC_OR_PARTITION)) {
                coordinator = null;
            }
            client.poll(Math.min(PAUSE_MILLIS, Math.max(1, left())));
        }
        throw new TryAgain(
                FailureName.BROKER_UNREACHABLE,
                "source: " + step.what() + " with transactional id " + transactionalId + " was not done in time"
                        + (last == Errors.NONE ? ", its coordinator does not answer" : " (" + last + ")"));
    }

    /** Learns who coordinates the transactional id, or says why nobody does for now. */
    private Errors findCoordinator() {
        FindCoordinatorRequestData data = new FindCoordinatorRequestData()
                .setKeyType(CoordinatorType.TRANSACTION.id())
                .setCoordinatorKeys(List.of(transactionalId));
        Optional<Coordinator> found = client.askOnce(
                        new FindCoordinatorRequest.Builder(data),
                        FindCoordinatorResponse.class,
                        Math.min(left(), ANSWER_MILLIS))
                .flatMap(answer -> answer.coordinatorByKey(transactionalId));
        Errors error = found.map(answer -> Errors.forCode(answer.errorCode())).orElse(Errors.NONE);
        requirePassing(error, "finding the coordinator");
        if (error == Errors.NONE) {
            found.ifPresent(answer -> coordinator = new Node(answer.nodeId(), answer.host(), answer.port()));
        }
        return error;
    }

    private void requirePassing(Errors error, String what) {
        String id = "transactional id " + transactionalId;
        switch (error) {
            case TRANSACTIONAL_ID_AUTHORIZATION_FAILED, CLUSTER_AUTHORIZATION_FAILED ->
                throw new OperatorActionNeeded(
                        FailureName.ACCESS_DENIED,
                        "source: " + what + " was refused (" + error + "); allow our user Describe and Write on " + id
                                + ", with IAM kafka-cluster:DescribeTransactionalId and"
                                + " kafka-cluster:AlterTransactionalId");
            case INVALID_TRANSACTION_TIMEOUT ->
                throw new OperatorActionNeeded(
                        FailureName.CONFIGURATION_WRONG,
                        "source: transaction.max.timeout.ms of the brokers must be at least " + timeoutMillis
                                + " for transactions that leave markers; raise it, or set cutover.sentinel: record");
            case INVALID_PRODUCER_EPOCH, PRODUCER_FENCED, INVALID_PRODUCER_ID_MAPPING, INVALID_TXN_STATE ->
                throw new TryAgain(
                        FailureName.BROKER_UNREACHABLE,
                        "source: " + what + " with " + id + " was refused (" + error
                                + "): the coordinator has ended the transaction, or somebody else has begun one");
            default -> {
                if (error != Errors.NONE && !(error.exception() instanceof RetriableException)) {
                    throw new InvariantBroken(
                            FailureName.DEFECT, "source: " + what + " with " + id + " was refused (" + error + ")");
                }
            }
        }
    }

    private long left() {
        return deadline - time.milliseconds();
    }
}
