package io.kraftlift.access.cutover;

import io.kraftlift.core.cutover.LogMovement;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersOptions;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.common.TopicPartition;

/**
 * Names who wrote last to partitions of the source that are not still, as far as its brokers tell (KIP-664, from 3.0): those
 * that are idempotent or transactional, by their producer ids. Brokers keep no address of them. Where the brokers do not
 * tell, or we may not ask, nothing is named: the freeze has failed already, and for another reason.
 */
final class LastWriters {
    /** Producers stand still meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Who wrote within this of a partition's newest record is one of those that go on. */
    private static final Duration NEWEST = Duration.ofSeconds(5);

    private static final int PARTITIONS_AT_MOST = 20;
    private static final int PRODUCERS_AT_MOST = 3;

    private final Admin source;

    LastWriters(Admin source) {
        this.source = source;
    }

    /** {@code ; last written to by producer id 7 …}, or nothing. */
    String sentence(List<LogMovement> movements) throws InterruptedException {
        Map<TopicPartition, PartitionId> asked = movements.stream()
                .limit(PARTITIONS_AT_MOST)
                .map(LogMovement::partition)
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(partition.topic().value(), partition.index()),
                        partition -> partition));
        DescribeProducersResult answers = source.describeProducers(
                asked.keySet(), new DescribeProducersOptions().timeoutMs(Math.toIntExact(PATIENCE.toMillis())));
        List<String> named = new ArrayList<>();
        for (Map.Entry<TopicPartition, PartitionId> partition : asked.entrySet()) {
            List<ProducerState> states = newest(states(answers, partition.getKey()));
            if (!states.isEmpty()) {
                named.add(partition.getValue() + " by "
                        + states.stream().map(LastWriters::text).collect(Collectors.joining(" and ")));
            }
        }
        return named.isEmpty()
                ? ""
                : "; last written to, as the brokers say: "
                        + named.stream().sorted().collect(Collectors.joining(", "));
    }

    private static List<ProducerState> states(DescribeProducersResult answers, TopicPartition partition)
            throws InterruptedException {
        try {
            return answers.partitionResult(partition)
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .activeProducers();
        } catch (ExecutionException | TimeoutException e) {
            // They do not tell.
            return List.of();
        }
    }

    private static List<ProducerState> newest(List<ProducerState> states) {
        long newest =
                states.stream().mapToLong(ProducerState::lastTimestamp).max().orElse(0);
        return states.stream()
                .filter(state -> newest - state.lastTimestamp() <= NEWEST.toMillis())
                .sorted(Comparator.comparingLong(ProducerState::lastTimestamp)
                        .reversed()
                        .thenComparing(ProducerState::producerId))
                .limit(PRODUCERS_AT_MOST)
                .toList();
    }

    private static String text(ProducerState state) {
        return "producer id " + state.producerId() + " (epoch " + state.producerEpoch() + ", sequence "
                + state.lastSequence() + ", at " + Instant.ofEpochMilli(state.lastTimestamp())
                + (state.currentTransactionStartOffset().isPresent()
                        ? ", in a transaction since offset "
                                + state.currentTransactionStartOffset().getAsLong()
                        : "")
                + ")";
    }
}
