package io.kraftlift.access.kafka;

import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.inventory.OffsetSpan;
import io.kraftlift.core.inventory.PartitionInventory;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.precheck.RetentionLook;
import io.kraftlift.core.topics.PartitionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/** Looks twice at logs of the source: where they start and end, and how old their first and newest records are. */
public final class RetentionReader {
    /** Long enough to see a log move that is written to, short beside everything else that is read. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private static final int PARTITIONS_PER_REQUEST = 2_000;

    private final Admin admin;
    private final AdminCalls calls = new AdminCalls(ClusterSide.SOURCE);
    private final Clock clock;
    private final Waiting waiting;

    public RetentionReader(Admin source, Clock clock, Waiting waiting) {
        this.admin = source;
        this.clock = clock;
        this.waiting = waiting;
    }

    /** Two looks at every partition that has records; one that is deleted meanwhile is left out. */
    public List<RetentionLook> look(Collection<TopicInventory> topics) throws InterruptedException {
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> topic.partitions().stream()
                        .filter(RetentionReader::hasRecords)
                        .map(partition -> new TopicPartition(topic.name().value(), partition.index())))
                .toList();
        if (partitions.isEmpty()) {
            return List.of();
        }
        Instant first = clock.instant();
        Map<TopicPartition, ListOffsetsResultInfo> startsBefore = ask(partitions, OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> endsBefore = ask(partitions, OffsetSpec.latest());
        waiting.sleep(BETWEEN_LOOKS);
        Map<TopicPartition, ListOffsetsResultInfo> starts = ask(partitions, OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> ends = ask(partitions, OffsetSpec.latest());
        Instant second = clock.instant();
        Map<TopicPartition, ListOffsetsResultInfo> oldest = ask(partitions, OffsetSpec.forTimestamp(0));
        Map<TopicPartition, ListOffsetsResultInfo> newest = newest(partitions);
        List<RetentionLook> looks = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            ListOffsetsResultInfo startBefore = startsBefore.get(partition);
            ListOffsetsResultInfo endBefore = endsBefore.get(partition);
            ListOffsetsResultInfo start = starts.get(partition);
            ListOffsetsResultInfo end = ends.get(partition);
            if (startBefore != null && endBefore != null && start != null && end != null) {
                looks.add(new RetentionLook(
                        PartitionId.of(partition.topic(), partition.partition()),
                        startBefore.offset(),
                        start.offset(),
                        endBefore.offset(),
                        Math.max(start.offset(), end.offset()),
                        Duration.between(first, second),
                        age(oldest.get(partition), second),
                        age(newest.get(partition), second)));
            }
        }
        return looks;
    }

    private static boolean hasRecords(PartitionInventory partition) {
        OffsetSpan offsets = partition.offsets();
        return offsets != null && offsets.end() > offsets.start();
    }

    private static @Nullable Duration age(@Nullable ListOffsetsResultInfo record, Instant now) {
        return record == null || record.timestamp() < 0
                ? null
                : Duration.between(Instant.ofEpochMilli(record.timestamp()), now);
    }

    /** Brokers before Kafka 3.0 do not tell (KIP-734). */
    private Map<TopicPartition, ListOffsetsResultInfo> newest(List<TopicPartition> partitions)
            throws InterruptedException {
        try {
            return ask(partitions, OffsetSpec.maxTimestamp());
        } catch (KraftliftFailure e) {
            if (e.getCause() instanceof UnsupportedVersionException) {
                return Map.of();
            }
            throw e;
        }
    }

    private Map<TopicPartition, ListOffsetsResultInfo> ask(List<TopicPartition> partitions, OffsetSpec which)
            throws InterruptedException {
        Map<TopicPartition, ListOffsetsResultInfo> answers = new HashMap<>();
        for (List<TopicPartition> chunk : AdminCalls.chunks(partitions, PARTITIONS_PER_REQUEST)) {
            ListOffsetsResult result = admin.listOffsets(
                    chunk.stream().collect(Collectors.toMap(Function.identity(), partition -> which)),
                    new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED).timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS));
            for (TopicPartition partition : chunk) {
                try {
                    answers.put(
                            partition,
                            calls.await(result.partitionResult(partition), "list the offsets of " + partition));
                } catch (KraftliftFailure e) {
                    if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                        throw e;
                    }
                }
            }
        }
        return answers;
    }
}
