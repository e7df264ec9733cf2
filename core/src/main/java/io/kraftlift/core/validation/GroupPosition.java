package io.kraftlift.core.validation;

import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import org.jspecify.annotations.Nullable;

/**
 * A group's position, for which there is a place on the target.
 *
 * @param wanted where the copy says that the group continues
 * @param carriedOver whether the target was seen to have {@code wanted} at the cutover
 * @param now what the target says; null when it has no position
 */
public record GroupPosition(
        String group,
        PartitionId partition,
        TargetOffset wanted,
        boolean carriedOver,
        @Nullable TargetOffset now) {}
