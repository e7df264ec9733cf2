package io.kraftlift.core.validation;

import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A partition's sentinel, looked for on the target.
 *
 * @param source where it was published
 * @param target where the offset map says it is; null when the map has no such record
 * @param found whether the target has a record there
 * @param differences in which parts that record is not the sentinel; empty unless found
 */
public record SentinelSighting(
        PartitionId partition,
        SourceOffset source,
        @Nullable TargetOffset target,
        boolean found,
        Set<RecordImage.Part> differences) {
    public SentinelSighting {
        differences = Set.copyOf(differences);
    }
}
