package io.kraftlift.core.plan;

import io.kraftlift.core.topology.TopicDesign;

/**
 * A topic that moves.
 *
 * @param bytes on the source's disks, each partition counted once; partitions of unknown size count as 0
 */
public record PlannedTopic(TopicDesign design, long bytes) {}
