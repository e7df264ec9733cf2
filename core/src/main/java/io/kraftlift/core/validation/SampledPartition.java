package io.kraftlift.core.validation;

import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What comparing some records of a partition gave.
 *
 * @param copied records copied in all
 */
public record SampledPartition(PartitionId partition, long copied, List<Sample> samples) {
    public SampledPartition {
        samples = List.copyOf(samples);
    }

    /**
     * One record of the source, looked up on the target.
     *
     * @param target where the offset map says it is; null when the map has no such record
     * @param found whether the target has a record there
     * @param differences the parts that differ; empty unless found
     */
    public record Sample(
            SourceOffset source, @Nullable TargetOffset target, boolean found, Set<RecordImage.Part> differences) {
        public Sample {
            differences = Set.copyOf(differences);
        }
    }
}
