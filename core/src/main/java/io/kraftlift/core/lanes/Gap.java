package io.kraftlift.core.lanes;

import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;

/**
 * Source records that retention removed before they were fetched.
 *
 * @param first first offset that is missing
 * @param last last offset that is missing, inclusive
 */
public record Gap(PartitionId partition, SourceOffset first, SourceOffset last) {}
