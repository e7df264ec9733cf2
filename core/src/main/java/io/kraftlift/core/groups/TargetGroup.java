package io.kraftlift.core.groups;

import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import java.util.Map;

/**
 * A group as it is on the target now.
 *
 * @param active whether it has members or is getting some: then it belongs to its consumers and is never overwritten
 * @param committed its committed offsets there
 */
public record TargetGroup(boolean active, Map<PartitionId, TargetOffset> committed) {
    /** A group that the target does not know. */
    public static final TargetGroup ABSENT = new TargetGroup(false, Map.of());

    public TargetGroup {
        committed = Map.copyOf(committed);
    }
}
