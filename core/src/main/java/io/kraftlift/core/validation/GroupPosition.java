package io.kraftlift.core.validation;

import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import org.jspecify.annotations.Nullable;

/**
 * A group's position on the target.
 *
 * @param carried what was committed for it at or after the cutover
 * @param now what the target says; null when it has none
 */
public record GroupPosition(
        String group,
        PartitionId partition,
        TargetOffset carried,
        @Nullable TargetOffset now) {}
