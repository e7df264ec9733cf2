package io.kraftlift.core.validation;

import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A sentinel that is a record, looked for on the target.
 *
 * @param source where it was published
 * @param target where the offset map says it is; null when the map has no such record
 * @param found whether the target has a record there
 * @param differences in which parts that record is not the sentinel; empty unless found
 */
public record RecordSighting(
        PartitionId partition,
        SourceOffset source,
        @Nullable TargetOffset target,
        boolean found,
        Set<RecordImage.Part> differences)
        implements SentinelSighting {
    public RecordSighting {
        differences = Set.copyOf(differences);
    }

    @Override
    public Optional<Objection> objection() {
        String which = "the sentinel at source offset " + source;
        if (target == null) {
            return failed(which + " was not copied");
        }
        if (!found) {
            return failed(which + " is not at target offset " + target);
        }
        return differences.isEmpty()
                ? Optional.empty()
                : failed(which + " differs from the record at target offset " + target + " in "
                        + new TreeSet<>(differences));
    }

    private static Optional<Objection> failed(String reason) {
        return Optional.of(new Objection(Outcome.FAILED, reason));
    }
}
