package io.kraftlift.access.validation;

import io.kraftlift.access.wire.MarkerSearch;
import io.kraftlift.access.wire.MarkerSearch.Seen;
import io.kraftlift.access.wire.MarkerSearch.Wanted;
import io.kraftlift.access.wire.WireClient;
import io.kraftlift.core.batches.ProducerIdentity;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.cutover.SentinelsReport;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.validation.CopiedPartition.LogRange;
import io.kraftlift.core.validation.MarkerSighting;
import io.kraftlift.core.validation.MarkerSighting.OnSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks for the sentinels that are markers: on the source, and by where their copy ends. */
final class MarkerSentinelSearch {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final CopiedData copied;
    private final ClusterSettings source;

    MarkerSentinelSearch(CopiedData copied, ClusterSettings source) {
        this.copied = copied;
        this.source = source;
    }

    /** The logs of both clusters, as far as they are there. */
    record Logs(Map<PartitionId, LogRange> source, Map<PartitionId, LogRange> target) {}

    Map<PartitionId, MarkerSighting> search(SentinelsReport published, Logs logs) throws InterruptedException {
        Map<PartitionId, OnSource> onSource = lookOnSource(published, logs.source());
        Map<PartitionId, MarkerSighting> sightings = new TreeMap<>();
        onSource.forEach((partition, seen) -> {
            SourceOffset marker = offsetOf(published, partition);
            sightings.put(
                    partition,
                    new MarkerSighting(
                            partition,
                            marker,
                            seen,
                            copied.endAt(partition, marker),
                            logs.target().get(partition)));
        });
        return sightings;
    }

    private Map<PartitionId, OnSource> lookOnSource(SentinelsReport published, Map<PartitionId, LogRange> logs)
            throws InterruptedException {
        Map<PartitionId, OnSource> found = new TreeMap<>();
        List<PartitionId> slots = new ArrayList<>();
        List<Wanted> wanted = new ArrayList<>();
        for (Map.Entry<PartitionId, ProducerIdentity> marker :
                published.producers().entrySet()) {
            PartitionId partition = marker.getKey();
            long offset = offsetOf(published, partition).value();
            @Nullable LogRange log = logs.get(partition);
            if (log == null || log.start() > offset) {
                found.put(partition, OnSource.CLEANED_AWAY);
            } else if (log.end() <= offset) {
                found.put(partition, OnSource.NOT_THERE);
            } else {
                slots.add(partition);
                wanted.add(new Wanted(marker.getValue(), offset, offset + 1));
            }
        }
        if (!slots.isEmpty()) {
            try (WireClient client = WireClient.open(source, "source-markers", slots, 1)) {
                List<Seen> seen = new MarkerSearch(client, wanted).search(PATIENCE);
                for (int slot = 0; slot < slots.size(); slot++) {
                    found.put(slots.get(slot), onSource(seen.get(slot)));
                }
            }
        }
        return found;
    }

    private static OnSource onSource(Seen seen) {
        if (seen instanceof Seen.Marker) {
            return OnSource.THERE;
        }
        return seen instanceof Seen.OtherBatches ? OnSource.NOT_THERE : OnSource.CLEANED_AWAY;
    }

    private static SourceOffset offsetOf(SentinelsReport published, PartitionId partition) {
        return Objects.requireNonNull(published.sentinels().get(partition));
    }
}
