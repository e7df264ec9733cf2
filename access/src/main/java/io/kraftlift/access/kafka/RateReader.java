package io.kraftlift.access.kafka;

import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.inventory.PartitionInventory;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.topics.TopicName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Reads how much was written to topics in the last hour: from the first record whose timestamp is in it, which a broker
 * finds in its time index, to the log's end. Nothing waits, and nothing is changed.
 */
public final class RateReader {
    private static final Duration WINDOW = Duration.ofHours(1);

    /** A look-up by time opens an index file; a broker answers some thousand a second. */
    private static final int PARTITIONS_PER_REQUEST = 1_000;

    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(20);

    private final Admin admin;
    private final AdminCalls calls;
    private final Waiting waiting;

    public RateReader(Admin admin, AdminCalls calls, Waiting waiting) {
        this.admin = admin;
        this.calls = calls;
        this.waiting = waiting;
    }

    /**
     * Offsets by topic; a topic that is deleted meanwhile is left out.
     *
     * @param topics as they were just read; partitions without a leader count as idle
     * @return unreadable when the cluster does not answer or refuses
     */
    public Reading<Map<TopicName, Long>> lastHour(Collection<TopicInventory> topics, Instant now)
            throws InterruptedException {
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (TopicInventory topic : topics) {
            for (PartitionInventory partition : topic.partitions()) {
                if (partition.offsets() != null) {
                    ends.put(
                            new TopicPartition(topic.name().value(), partition.index()),
                            partition.offsets().end());
                }
            }
        }
        Map<TopicName, Long> written = new HashMap<>();
        topics.forEach(topic -> written.put(topic.name(), 0L));
        try {
            for (List<TopicPartition> chunk : AdminCalls.chunks(ends.keySet(), PARTITIONS_PER_REQUEST)) {
                add(chunk, ends, now.minus(WINDOW).toEpochMilli(), written);
                waiting.sleep(BETWEEN_REQUESTS);
            }
        } catch (KraftliftFailure e) {
            return Reading.unreadable(String.valueOf(e.getMessage()));
        }
        return Reading.known(written);
    }

    private void add(
            List<TopicPartition> partitions, Map<TopicPartition, Long> ends, long since, Map<TopicName, Long> written)
            throws InterruptedException {
        ListOffsetsResult found = admin.listOffsets(
                partitions.stream()
                        .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.forTimestamp(since))),
                new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED).timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS));
        for (TopicPartition partition : partitions) {
            try {
                ListOffsetsResultInfo first =
                        calls.await(found.partitionResult(partition), "find the last hour's records of " + partition);
                // -1: no record is that young.
                if (first.offset() >= 0) {
                    long offsets = Math.max(0, ends.getOrDefault(partition, 0L) - first.offset());
                    written.merge(new TopicName(partition.topic()), offsets, Long::sum);
                }
            } catch (KraftliftFailure e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
    }
}
