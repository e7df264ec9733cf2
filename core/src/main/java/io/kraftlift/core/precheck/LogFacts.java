package io.kraftlift.core.precheck;

import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.topics.PartitionId;
import java.util.List;

/**
 * What was seen of logs and of the disks below them.
 *
 * @param oldFormats partitions of the source whose first batch is in a format from before Kafka 0.11
 * @param retention two looks at every log of the source that moves and has records
 * @param targetDisks the disks of the target's brokers, those that tell
 */
public record LogFacts(
        Reading<List<PartitionId>> oldFormats,
        Reading<List<RetentionLook>> retention,
        Reading<List<BrokerDisk>> targetDisks) {}
