package io.kraftlift.access.validation;

import io.kraftlift.access.validation.RecordLookup.Found;
import io.kraftlift.core.offsets.OffsetMap;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.validation.CopiedPartition.LogRange;
import io.kraftlift.core.validation.SamplePositions;
import io.kraftlift.core.validation.SampledPartition;
import io.kraftlift.core.validation.SampledPartition.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares some records of every partition on both clusters. A chosen record that the source has removed since is
 * replaced by the next one that it still has.
 */
final class Sampler {
    private final CopiedData copied;
    private final RecordLookup source;
    private final RecordLookup target;

    Sampler(CopiedData copied, RecordLookup source, RecordLookup target) {
        this.copied = copied;
        this.source = source;
        this.target = target;
    }

    /**
     * Compares {@code count} records of each partition.
     *
     * @param sourceLogs the source's logs as they are now
     */
    Map<PartitionId, SampledPartition> sample(
            Map<PartitionId, LogRange> sourceLogs, int count, SplittableRandom random) {
        Map<PartitionId, List<SourceOffset>> chosen = new TreeMap<>();
        Map<PartitionId, List<Sample>> samples = new TreeMap<>();
        for (PartitionId partition : copied.live()) {
            samples.put(partition, new ArrayList<>());
            @Nullable LogRange log = sourceLogs.get(partition);
            Optional<OffsetMap> map = copied.map(partition);
            if (log != null && map.isPresent()) {
                chosen.put(
                        partition,
                        SamplePositions.choose(map.get().runs(), SourceOffset.of(log.start()), count, random));
            }
        }
        for (int round = 0; round < count; round++) {
            compare(positionsOf(chosen, round), samples);
        }
        Map<PartitionId, SampledPartition> sampled = new TreeMap<>();
        samples.forEach((partition, compared) ->
                sampled.put(partition, new SampledPartition(partition, copied.recordsOf(partition), compared)));
        return sampled;
    }

    private void compare(Map<PartitionId, Long> positions, Map<PartitionId, List<Sample>> samples) {
        Map<PartitionId, Found> onSource = source.firstAtOrAfter(positions);
        Map<PartitionId, Long> wanted = new TreeMap<>();
        onSource.forEach((partition, record) -> copied.copyOf(partition, SourceOffset.of(record.offset()))
                .ifPresent(offset -> wanted.put(partition, offset.value())));
        Map<PartitionId, Found> onTarget = target.firstAtOrAfter(wanted);
        onSource.forEach((partition, record) -> samples.computeIfAbsent(partition, p -> new ArrayList<>())
                .add(sampleOf(record, wanted.get(partition), onTarget.get(partition))));
    }

    private static Sample sampleOf(Found onSource, @Nullable Long wanted, @Nullable Found onTarget) {
        SourceOffset offset = SourceOffset.of(onSource.offset());
        if (wanted == null) {
            return new Sample(offset, null, false, Set.of());
        }
        boolean found = onTarget != null && onTarget.offset() == wanted;
        return new Sample(
                offset,
                TargetOffset.of(wanted),
                found,
                found && onTarget != null ? onSource.image().differences(onTarget.image()) : Set.of());
    }

    private static Map<PartitionId, Long> positionsOf(Map<PartitionId, List<SourceOffset>> chosen, int round) {
        Map<PartitionId, Long> positions = new TreeMap<>();
        chosen.forEach((partition, offsets) -> {
            if (round < offsets.size()) {
                positions.put(partition, offsets.get(round).value());
            }
        });
        return positions;
    }
}
