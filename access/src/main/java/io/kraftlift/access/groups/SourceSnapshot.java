package io.kraftlift.access.groups;

import io.kraftlift.core.groups.CommittedPosition;
import io.kraftlift.core.groups.GroupId;
import io.kraftlift.core.topics.PartitionId;
import java.util.Map;

/**
 * Every group of the source at one time.
 *
 * @param positions of every group that has committed something
 * @param skipped groups that do not move, with the reason
 */
public record SourceSnapshot(
        Map<GroupId, Map<PartitionId, CommittedPosition>> positions, Map<GroupId, String> skipped) {}
