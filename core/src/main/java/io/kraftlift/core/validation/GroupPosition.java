package io.kraftlift.core.validation;

import io.kraftlift.core.groups.GroupId;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import org.jspecify.annotations.Nullable;

/**
 * A group's position, for which there is a place on the target.
 *
 * @param carriedOver whether the target was seen to have the wanted offset at the cutover
 * @param now what the target says; null when it has no position
 * @param end the target's log end now; null when the target has no such partition
 */
public record GroupPosition(
        GroupId group,
        PartitionId partition,
        Place place,
        boolean carriedOver,
        @Nullable TargetOffset now,
        @Nullable TargetOffset end) {

    /**
     * Where a group continues.
     *
     * @param source what it had committed on the source
     * @param wanted where the cutover's report says that it continues
     * @param mapped where the offset map says so; null when it does not know
     */
    public record Place(
            SourceOffset source,
            TargetOffset wanted,
            @Nullable TargetOffset mapped) {}
}
