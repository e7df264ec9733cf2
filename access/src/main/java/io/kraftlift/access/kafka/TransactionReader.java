package io.kraftlift.access.kafka;

import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.inventory.BrokerInventory;
import io.kraftlift.core.inventory.BrokerSetting;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.inventory.OffsetSpan;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.precheck.OpenTransaction;
import io.kraftlift.core.topics.PartitionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersOptions;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.DescribeTransactionsOptions;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/** Reads the source's transactions, as KIP-664 has it: what partitions hold open, and what coordinators know of it. */
public final class TransactionReader {
    private static final int PARTITIONS_PER_REQUEST = 500;
    private static final int TRANSACTIONS_PER_REQUEST = 200;

    /** Kafka's default of {@code transaction.max.timeout.ms}. */
    private static final String LONGEST_TIMEOUT_MILLIS = "900000";

    private final Admin admin;
    private final AdminCalls calls = new AdminCalls(ClusterSide.SOURCE);
    private final Clock clock;

    public TransactionReader(Admin source, Clock clock) {
        this.admin = source;
        this.clock = clock;
    }

    /** The transactional ids that the coordinators know, ascending. */
    public List<String> transactionalIds() throws InterruptedException {
        return listings().stream()
                .map(TransactionListing::transactionalId)
                .sorted()
                .toList();
    }

    /**
     * The open transactions on the given topics. Only partitions whose last stable offset is behind their end are looked
     * at; no other can have any.
     */
    public List<OpenTransaction> open(ClusterInventory source, Collection<TopicInventory> topics)
            throws InterruptedException {
        List<TopicPartition> suspects = new ArrayList<>();
        for (TopicInventory topic : topics) {
            topic.partitions().forEach(partition -> {
                OffsetSpan offsets = partition.offsets();
                if (offsets != null && offsets.lastStable() < offsets.end()) {
                    suspects.add(new TopicPartition(topic.name().value(), partition.index()));
                }
            });
        }
        if (suspects.isEmpty()) {
            return List.of();
        }
        Map<String, TransactionDescription> known = descriptions();
        Duration longest = longestTimeout(source);
        List<OpenTransaction> open = new ArrayList<>();
        for (List<TopicPartition> chunk : AdminCalls.chunks(suspects, PARTITIONS_PER_REQUEST)) {
            DescribeProducersResult producers = admin.describeProducers(
                    chunk, new DescribeProducersOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS));
            for (TopicPartition partition : chunk) {
                calls
                        .await(producers.partitionResult(partition), "describe the producers of " + partition)
                        .activeProducers()
                        .stream()
                        .filter(producer ->
                                producer.currentTransactionStartOffset().isPresent())
                        .map(producer -> open(partition, producer, known, longest))
                        .forEach(open::add);
            }
        }
        return open;
    }

    private OpenTransaction open(
            TopicPartition partition,
            ProducerState producer,
            Map<String, TransactionDescription> known,
            Duration longest) {
        PartitionId id = PartitionId.of(partition.topic(), partition.partition());
        return known.entrySet().stream()
                .filter(transaction -> isOf(transaction.getValue(), producer, partition))
                .findFirst()
                .map(transaction -> new OpenTransaction(
                        id,
                        producer.producerId(),
                        transaction.getKey(),
                        since(transaction.getValue().transactionStartTimeMs().orElseThrow()),
                        Duration.ofMillis(transaction.getValue().transactionTimeoutMs())))
                .orElseGet(() ->
                        new OpenTransaction(id, producer.producerId(), null, since(producer.lastTimestamp()), longest));
    }

    private static boolean isOf(TransactionDescription transaction, ProducerState producer, TopicPartition partition) {
        return transaction.producerId() == producer.producerId()
                && transaction.topicPartitions().contains(partition)
                && transaction.transactionStartTimeMs().isPresent();
    }

    private Duration since(long epochMillis) {
        return Duration.between(Instant.ofEpochMilli(epochMillis), clock.instant());
    }

    private Collection<TransactionListing> listings() throws InterruptedException {
        return calls.await(
                admin.listTransactions(new ListTransactionsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                        .all(),
                "list its transactions");
    }

    /** By transactional id; one that expires meanwhile is left out. */
    private Map<String, TransactionDescription> descriptions() throws InterruptedException {
        Map<String, TransactionDescription> descriptions = new TreeMap<>();
        for (List<String> chunk : AdminCalls.chunks(transactionalIds(), TRANSACTIONS_PER_REQUEST)) {
            DescribeTransactionsResult answers = admin.describeTransactions(
                    chunk, new DescribeTransactionsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS));
            for (String id : chunk) {
                try {
                    descriptions.put(id, calls.await(answers.description(id), "describe transaction " + id));
                } catch (KraftliftFailure e) {
                    if (!(e.getCause() instanceof TransactionalIdNotFoundException)) {
                        throw e;
                    }
                }
            }
        }
        return descriptions;
    }

    private static Duration longestTimeout(ClusterInventory source) {
        return source.brokers().stream()
                .map(BrokerInventory::configs)
                .map(configs -> configs.or(Map.of())
                        .getOrDefault(BrokerSetting.TRANSACTION_MAX_TIMEOUT_MS, LONGEST_TIMEOUT_MILLIS))
                .map(millis -> Duration.ofMillis(Long.parseLong(millis)))
                .max(Duration::compareTo)
                .orElse(Duration.ofMillis(Long.parseLong(LONGEST_TIMEOUT_MILLIS)));
    }
}
