package io.kraftlift.access.validation;

import io.kraftlift.access.validation.RecordLookup.Found;
import io.kraftlift.core.cutover.SentinelsReport;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.validation.RecordImage;
import io.kraftlift.core.validation.RecordImage.Part;
import io.kraftlift.core.validation.RecordSighting;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Looks on the target for the sentinels that are records. */
final class RecordSentinelSearch {
    private final CopiedData copied;
    private final MigrationId migration;

    RecordSentinelSearch(CopiedData copied, MigrationId migration) {
        this.copied = copied;
        this.migration = migration;
    }

    /** The sightings of the sentinels, given by their source offsets. */
    Map<PartitionId, RecordSighting> search(Map<PartitionId, SourceOffset> published, RecordLookup target) {
        Map<PartitionId, Long> wanted = new TreeMap<>();
        published.forEach((partition, source) ->
                copied.copyOf(partition, source).ifPresent(offset -> wanted.put(partition, offset.value())));
        Map<PartitionId, Found> found = target.firstAtOrAfter(wanted);
        Map<PartitionId, RecordSighting> sightings = new TreeMap<>();
        published.forEach((partition, source) -> {
            Optional<Long> place = Optional.ofNullable(wanted.get(partition));
            Optional<Found> there = Optional.ofNullable(found.get(partition))
                    .filter(record ->
                            place.filter(offset -> offset == record.offset()).isPresent());
            sightings.put(
                    partition,
                    new RecordSighting(
                            partition,
                            source,
                            place.map(TargetOffset::of).orElse(null),
                            there.isPresent(),
                            there.map(record -> wrongParts(partition, record.image()))
                                    .orElse(Set.of())));
        });
        return sightings;
    }

    private Set<Part> wrongParts(PartitionId partition, RecordImage record) {
        Set<Part> wrong = EnumSet.noneOf(Part.class);
        if (!bytes(SentinelsReport.KEY).equals(record.key())) {
            wrong.add(Part.KEY);
        }
        if (!namesItsPartition(partition, record)) {
            wrong.add(Part.HEADERS);
        }
        return wrong;
    }

    /** By its headers; or by its value, where the source's topic takes no headers. */
    private boolean namesItsPartition(PartitionId partition, RecordImage record) {
        if (record.headers().isEmpty()) {
            return bytes(SentinelsReport.valueWithoutHeaders(migration, partition))
                    .equals(record.value());
        }
        return has(record.headers(), SentinelsReport.MIGRATION_HEADER, migration.value())
                && has(record.headers(), SentinelsReport.PARTITION_HEADER, partition.toString());
    }

    private static boolean has(List<RecordImage.Header> headers, String name, String value) {
        return headers.contains(new RecordImage.Header(name, bytes(value)));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
