package io.kraftlift.access.groups;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.groups.PartitionCopy;
import io.kraftlift.core.offsets.OffsetMap;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The copies of the planned partitions, as far as groups ask for them. */
public final class PartitionCopies {
    private final OffsetMaps maps;
    private final Map<PartitionId, SourceOffset> durableTo;
    private final Map<PartitionId, SourceOffset> sourceEnds;

    /**
     * For the planned partitions, which are the keys of {@code sourceEnds}.
     *
     * @param durableTo what the checkpoints vouch for; a partition that has none yet is missing
     */
    public PartitionCopies(
            OffsetMaps maps, Map<PartitionId, SourceOffset> durableTo, Map<PartitionId, SourceOffset> sourceEnds) {
        this.maps = maps;
        this.durableTo = Map.copyOf(durableTo);
        this.sourceEnds = Map.copyOf(sourceEnds);
    }

    /** Reads the copies of those of {@code asked} that are planned. */
    public Map<PartitionId, PartitionCopy> read(ParallelReads reads, Collection<PartitionId> asked)
            throws InterruptedException {
        return reads.read(
                asked.stream().filter(sourceEnds::containsKey).distinct().toList(),
                partition -> Optional.of(copyOf(partition)));
    }

    private PartitionCopy copyOf(PartitionId partition) {
        SourceOffset end = Objects.requireNonNull(sourceEnds.get(partition));
        SourceOffset durable = durableTo.getOrDefault(partition, SourceOffset.of(0));
        Optional<OffsetMap> map = maps.find(partition);
        if (map.isEmpty() && durable.value() > 0) {
            throw new InvariantBroken(
                    FailureName.OBJECT_DAMAGED,
                    partition + ": its offset map is missing, though its checkpoint says that it was copied up to "
                            + durable + "; nothing was committed");
        }
        return new PartitionCopy(
                map.orElseGet(() -> new OffsetMap(partition, SourceOffset.of(0), TargetOffset.of(0))), durable, end);
    }
}
