package io.kraftlift.core.precheck;

import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that has written to a partition and has not ended.
 *
 * @param transactionalId null when no transaction coordinator knows the producer
 * @param age since its last sign of life: its begin, or its last write where no coordinator knows it
 * @param timeout the producer's transaction timeout, or the longest that the brokers allow
 */
public record OpenTransaction(
        PartitionId partition, long producerId, @Nullable String transactionalId, Duration age, Duration timeout) {}
