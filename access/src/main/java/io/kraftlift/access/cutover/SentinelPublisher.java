package io.kraftlift.access.cutover;

import io.kraftlift.access.groups.ParallelReads;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.batches.ProducerIdentity;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends partitions of the source with sentinels of one kind. */
interface SentinelPublisher extends AutoCloseable {
    /**
     * The publisher of {@code cutover.sentinel}.
     *
     * @param patience how long publishing may take as a whole, at least a second
     */
    static SentinelPublisher of(MigrationRun run, Duration patience) {
        return switch (run.config().cutover().sentinel()) {
            case RECORD -> new RecordSentinels(run.config().source(), run.migration(), patience);
            case MARKER -> new MarkerSentinels(run, patience);
        };
    }

    /** Does what publishing would wait for first, and writes nothing to any partition. */
    void warm(ParallelReads threads, Collection<PartitionId> partitions) throws InterruptedException;

    /** Ends each partition with a sentinel. */
    Published publish(ParallelReads threads, Collection<PartitionId> partitions) throws InterruptedException;

    @Override
    void close();

    /**
     * What was published.
     *
     * @param sentinels where each is
     * @param markers whose marker it is, of those that are markers; null when none was asked for
     */
    record Published(
            Map<PartitionId, SourceOffset> sentinels,
            @Nullable Map<PartitionId, ProducerIdentity> markers) {}
}
