package io.kraftlift.access.precheck;

import io.kraftlift.access.wire.WireClient;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.message.DescribeTransactionsRequestData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.requests.DescribeTransactionsRequest;
import org.apache.kafka.common.requests.DescribeTransactionsResponse;
import org.apache.kafka.common.requests.EndTxnRequest;
import org.apache.kafka.common.requests.EndTxnResponse;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.InitProducerIdResponse;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.requests.OffsetCommitRequest;
import org.apache.kafka.common.requests.OffsetCommitResponse;

/**
 * Asks some broker what our principal may do, in ways that change nothing: by the operations that metadata names (KIP-430),
 * also of topics that do not exist, and by requests about things that do not exist, which brokers refuse only after they
 * have looked whether they are allowed.
 *
 * <p>Confined to one thread, as its client is.
 */
final class AllowedOperations {
    /** Is never made; the name says whose it is in the brokers' request logs. */
    static final String UNBORN = "kraftlift.validate-only";

    private static final int TOPICS_PER_REQUEST = 500;

    /** A broker that has just started has no block of producer ids yet; it says so for a moment. */
    private static final int ATTEMPTS = 50;

    private static final long PAUSE_MILLIS = 100;

    private final WireClient client;

    AllowedOperations(WireClient client) {
        this.client = client;
    }

    /** The operations by topic, whether it exists or not; empty for a topic that may not be described. */
    Map<String, Set<AclOperation>> onTopics(Collection<String> topics) {
        Map<String, Set<AclOperation>> allowed = new TreeMap<>();
        List<String> names = List.copyOf(topics);
        for (int from = 0; from < names.size(); from += TOPICS_PER_REQUEST) {
            MetadataRequestData data = new MetadataRequestData()
                    .setAllowAutoTopicCreation(false)
                    .setIncludeTopicAuthorizedOperations(true)
                    .setTopics(names.subList(from, Math.min(names.size(), from + TOPICS_PER_REQUEST)).stream()
                            .map(name -> new MetadataRequestData.MetadataRequestTopic().setName(name))
                            .toList());
            client.ask(new MetadataRequest.Builder(data), MetadataResponse.class)
                    .data()
                    .topics()
                    .forEach(topic -> allowed.put(topic.name(), operations(topic)));
        }
        return allowed;
    }

    private static Set<AclOperation> operations(MetadataResponseTopic topic) {
        Set<AclOperation> operations = EnumSet.noneOf(AclOperation.class);
        int bits = topic.topicAuthorizedOperations();
        // The smallest number stands for "not told".
        if (topic.errorCode() != Errors.TOPIC_AUTHORIZATION_FAILED.code() && bits != Integer.MIN_VALUE) {
            for (AclOperation operation : AclOperation.values()) {
                if (((bits >> operation.code()) & 1) == 1) {
                    operations.add(operation);
                }
            }
        }
        return operations;
    }

    /**
     * Whether positions may be committed for a group. What is committed is one of a topic that does not exist, which the
     * broker rejects.
     */
    boolean commit(String group) {
        OffsetCommitRequestData data = new OffsetCommitRequestData()
                .setGroupId(group)
                .setTopics(List.of(new OffsetCommitRequestData.OffsetCommitRequestTopic()
                        .setName(UNBORN)
                        .setPartitions(List.of(new OffsetCommitRequestData.OffsetCommitRequestPartition()
                                .setPartitionIndex(0)
                                .setCommittedOffset(0)
                                .setCommittedMetadata("")))));
        return client
                .ask(OffsetCommitRequest.Builder.forTopicNames(data), OffsetCommitResponse.class)
                .data()
                .topics()
                .stream()
                .flatMap(topic -> topic.partitions().stream())
                .noneMatch(partition -> partition.errorCode() == Errors.GROUP_AUTHORIZATION_FAILED.code());
    }

    /** Whether a producer id is given out; it is not used. */
    boolean writeIdempotently() {
        Errors error = Errors.NONE;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            InitProducerIdRequestData data =
                    new InitProducerIdRequestData().setTransactionalId(null).setTransactionTimeoutMs(Integer.MAX_VALUE);
            error = client.ask(new InitProducerIdRequest.Builder(data), InitProducerIdResponse.class)
                    .error();
            if (error == Errors.NONE || error == Errors.CLUSTER_AUTHORIZATION_FAILED) {
                return error == Errors.NONE;
            }
            client.poll(PAUSE_MILLIS);
        }
        throw new TryAgain(FailureName.BROKER_UNREACHABLE, "no broker gives a producer id (" + error + ")");
    }

    /**
     * Whether transactions may be made under a transactional id. What is asked for is the end of one of a producer that
     * nobody is, which changes nothing.
     */
    boolean makeTransactions(String transactionalId) {
        EndTxnRequestData data = new EndTxnRequestData()
                .setTransactionalId(transactionalId)
                .setProducerId(RecordBatch.NO_PRODUCER_ID)
                .setProducerEpoch(RecordBatch.NO_PRODUCER_EPOCH)
                .setCommitted(false);
        return client.ask(new EndTxnRequest.Builder(data, false), EndTxnResponse.class)
                        .error()
                != Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
    }

    /**
     * Whether any transactional id may be described; asked of one that nobody has. The client is of no use afterwards when
     * the broker is older than Kafka 3.0 and has no such request, for which there is nothing to be allowed.
     */
    boolean describeTransactions() {
        DescribeTransactionsRequestData data =
                new DescribeTransactionsRequestData().setTransactionalIds(List.of(UNBORN));
        try {
            return client
                    .ask(new DescribeTransactionsRequest.Builder(data), DescribeTransactionsResponse.class)
                    .data()
                    .transactionStates()
                    .stream()
                    .noneMatch(state -> state.errorCode() == Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED.code());
        } catch (OperatorActionNeeded e) {
            if (e.getCause() instanceof UnsupportedVersionException) {
                return true;
            }
            throw e;
        }
    }
}
