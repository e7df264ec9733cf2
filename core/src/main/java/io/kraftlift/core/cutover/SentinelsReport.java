package io.kraftlift.core.cutover;

import io.kraftlift.core.batches.ProducerIdentity;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sentinels of the latest attempt, {@code results/sentinels.json}.
 *
 * @param attempt the freeze that they belong to
 * @param sentinels each partition's sentinel on the source; the migrated log ends right after it
 * @param markers whose transaction left a marker, of the sentinels that are markers; the others are records. Null when
 *     records were asked for
 */
public record SentinelsReport(
        int attempt,
        Instant startedAt,
        Instant publishedAt,
        Map<PartitionId, SourceOffset> sentinels,
        @Nullable Map<PartitionId, ProducerIdentity> markers) {
    /** Every sentinel that is a record has this key, so that compacted topics take it. */
    public static final String KEY = "kraftlift-sentinel";

    /** The header whose value is the migration's id. */
    public static final String MIGRATION_HEADER = "kraftlift-sentinel";

    /** The header whose value is the partition, written {@code topic/index}. */
    public static final String PARTITION_HEADER = "kraftlift-partition";

    public SentinelsReport {
        sentinels = Collections.unmodifiableMap(new TreeMap<>(sentinels));
        markers = markers == null ? null : Collections.unmodifiableMap(new TreeMap<>(markers));
    }

    /** A report of records only. */
    public SentinelsReport(
            int attempt, Instant startedAt, Instant publishedAt, Map<PartitionId, SourceOffset> sentinels) {
        this(attempt, startedAt, publishedAt, sentinels, null);
    }

    /** The transactional id of the transactions that leave markers. */
    public static String transactionalId(MigrationId migration) {
        return "kraftlift-" + migration.value() + "-sentinel";
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

    /** The sentinels that are records. */
    public Map<PartitionId, SourceOffset> records() {
        Map<PartitionId, SourceOffset> records = new TreeMap<>(sentinels);
        records.keySet().removeAll(producers().keySet());
        return Collections.unmodifiableMap(records);
    }

    /** The producers of the sentinels that are markers. */
    public Map<PartitionId, ProducerIdentity> producers() {
        return markers == null ? Map.of() : markers;
    }

    /** The partitions that have a record although markers were asked for: their message format knows no transactions. */
    public List<PartitionId> withoutMarker() {
        return markers == null ? List.of() : List.copyOf(records().keySet());
    }
}
