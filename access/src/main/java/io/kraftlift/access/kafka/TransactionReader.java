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
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Reads the source's transactions, as KIP-664 has it: what partitions hold open, and what coordinators know of it. */
public final class TransactionReader {
    private static final int PARTITIONS_PER_REQUEST = 500;
    private static final int TRANSACTIONS_PER_REQUEST = 200;

    /** Longer than a transaction of an application that commits often, as Kafka Streams does, short for who waits. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(10);

    /** Kafka's default of {@code transaction.max.timeout.ms}. */
    private static final String LONGEST_TIMEOUT_MILLIS = "900000";

    private final Admin admin;
    private final AdminCalls calls = new AdminCalls(ClusterSide.SOURCE);
    private final Clock clock;
    private final Waiting waiting;

    public TransactionReader(Admin source, Clock clock, Waiting waiting) {
        this.admin = source;
        this.clock = clock;
        this.waiting = waiting;
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
     *
     * <p>Brokers before Kafka 3.0 do not tell when a transaction began. There its age is the time since its last record's
     * timestamp, which the application chose, and only transactions that are still the same a little later are told.
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
        Duration longest = longestTimeout(source);
        List<Writing> writing = writing(suspects);
        Map<String, TransactionDescription> known = Map.of();
        try {
            known = descriptions();
        } catch (KraftliftFailure e) {
            if (!(e.getCause() instanceof UnsupportedVersionException)) {
                throw e;
            }
            writing = stillThere(writing, suspects);
        }
        List<OpenTransaction> open = new ArrayList<>();
        for (Writing one : writing) {
            open.add(open(one.partition(), one.producer(), known, longest));
        }
        return open;
    }

    /** A producer in the middle of a transaction on a partition. */
    private record Writing(TopicPartition partition, ProducerState producer) {
        boolean isTransactionOf(Writing other) {
            return partition.equals(other.partition)
                    && producer.producerId() == other.producer.producerId()
                    && producer.currentTransactionStartOffset().equals(other.producer.currentTransactionStartOffset());
        }
    }

    private List<Writing> writing(List<TopicPartition> suspects) throws InterruptedException {
        List<Writing> writing = new ArrayList<>();
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
                        .map(producer -> new Writing(partition, producer))
                        .forEach(writing::add);
            }
        }
        return writing;
    }

    private List<Writing> stillThere(List<Writing> earlier, List<TopicPartition> suspects) throws InterruptedException {
        if (earlier.isEmpty()) {
            return earlier;
        }
        waiting.sleep(SECOND_LOOK);
        return writing(suspects).stream()
                .filter(now -> earlier.stream().anyMatch(now::isTransactionOf))
                .toList();
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
