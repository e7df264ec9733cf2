package io.kraftlift.core.cutover;

import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sentinels of the latest attempt, {@code results/sentinels.json}.
 *
 * @param attempt the freeze that they belong to
 * @param sentinels each partition's sentinel on the source; the migrated log ends right after it
 */
public record SentinelsReport(
        int attempt, Instant startedAt, Instant publishedAt, Map<PartitionId, SourceOffset> sentinels) {
    /** Every sentinel has this key, so that compacted topics take it. */
    public static final String KEY = "kraftlift-sentinel";

    /** The header whose value is the migration's id. */
    public static final String MIGRATION_HEADER = "kraftlift-sentinel";

    /** The header whose value is the partition, written {@code topic/index}. */
    public static final String PARTITION_HEADER = "kraftlift-partition";

    public SentinelsReport {
        sentinels = Collections.unmodifiableMap(new TreeMap<>(sentinels));
    }

    /**
     * The value of a sentinel that a topic of an old message format takes: such records have no headers, so that the value
     * says what they would say. Every other sentinel's value is its key.
     */
    public static String valueWithoutHeaders(MigrationId migration, PartitionId partition) {
        return KEY + " " + migration.value() + " " + partition;
    }

    /** Where the migrated log of each partition ends, exclusive. */
    public Map<PartitionId, SourceOffset> ends() {
        Map<PartitionId, SourceOffset> ends = new TreeMap<>();
        sentinels.forEach((partition, offset) -> ends.put(partition, SourceOffset.of(offset.value() + 1)));
        return Collections.unmodifiableMap(ends);
    }
}
