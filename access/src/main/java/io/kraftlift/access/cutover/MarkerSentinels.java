package io.kraftlift.access.cutover;

import io.kraftlift.access.groups.BrokerReply;
import io.kraftlift.access.groups.ParallelReads;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.wire.EmptyTransactions;
import io.kraftlift.access.wire.MarkerSearch;
import io.kraftlift.access.wire.MarkerSearch.Seen;
import io.kraftlift.access.wire.MarkerSearch.Wanted;
import io.kraftlift.access.wire.WireClient;
import io.kraftlift.core.batches.ProducerIdentity;
import io.kraftlift.core.cutover.SentinelsReport;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.inventory.TopicSetting;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/**
 * Sentinels that are transactions' markers, so that no reader meets a foreign record.
 *
 * <ol>
 *   <li>Note the logs' ends.
 *   <li>Commit empty transactions over all partitions, and wait until the coordinator has written every marker.
 *   <li>Note the ends again, and find the markers between. The last record before may be one that came since the freeze was
 *       proven; one that comes after a marker is found before the commit, as with records.
 *   <li>A partition without a marker is one whose message format (0 or 1) knows no transactions: it gets a record.
 * </ol>
 */
final class MarkerSentinels implements SentinelPublisher {
    /** Transactions came with Kafka 0.11. */
    private static final Pattern ZERO_DOT = Pattern.compile("0\\.(\\d+).*");

    private static final int FIRST_WITH_TRANSACTIONS = 11;

    private final MigrationRun run;
    private final Duration patience;

    MarkerSentinels(MigrationRun run, Duration patience) {
        this.run = run;
        this.patience = patience;
    }

    /** Has the coordinator make our producer, for which the brokers make the topic of transactions where there is none. */
    @Override
    public void warm(ParallelReads threads, Collection<PartitionId> partitions) throws InterruptedException {
        try (WireClient client = open(List.copyOf(partitions))) {
            ProducerIdentity unused = transactions(client).begin();
        }
    }

    @Override
    public Published publish(ParallelReads threads, Collection<PartitionId> partitions) throws InterruptedException {
        List<PartitionId> slots = List.copyOf(partitions);
        Map<PartitionId, SourceOffset> sentinels = new TreeMap<>();
        Map<PartitionId, ProducerIdentity> markers = new TreeMap<>();
        LogOffsets logs = new LogOffsets(run.source(), "source");
        Map<PartitionId, Long> before = logs.ends(slots, patience).await();
        try (WireClient client = open(slots)) {
            List<ProducerIdentity> producers = transactions(client).commitOverAll();
            Map<PartitionId, Long> after = logs.ends(slots, patience).await();
            List<Wanted> wanted = new ArrayList<>();
            for (int slot = 0; slot < slots.size(); slot++) {
                wanted.add(
                        new Wanted(producers.get(slot), endOf(before, slots.get(slot)), endOf(after, slots.get(slot))));
            }
            List<Seen> seen = new MarkerSearch(client, wanted).search(patience);
            for (int slot = 0; slot < slots.size(); slot++) {
                if (seen.get(slot) instanceof Seen.Marker marker) {
                    sentinels.put(slots.get(slot), SourceOffset.of(marker.offset()));
                    markers.put(slots.get(slot), producers.get(slot));
                }
            }
        }
        List<PartitionId> withoutMarker = slots.stream()
                .filter(partition -> !markers.containsKey(partition))
                .toList();
        if (!withoutMarker.isEmpty()) {
            requireOldFormat(withoutMarker);
            try (RecordSentinels records = new RecordSentinels(run.config().source(), run.migration(), patience)) {
                sentinels.putAll(records.publish(threads, withoutMarker).sentinels());
            }
        }
        return new Published(sentinels, markers);
    }

    private WireClient open(List<PartitionId> slots) {
        return WireClient.open(run.config().source(), "source-markers", slots, 1);
    }

    private EmptyTransactions transactions(WireClient client) {
        return new EmptyTransactions(client, SentinelsReport.transactionalId(run.migration()), patience);
    }

    private static long endOf(Map<PartitionId, Long> ends, PartitionId partition) {
        return Objects.requireNonNull(ends.get(partition));
    }

    /** A foreign record is written to no topic that could have had a marker. */
    private void requireOldFormat(List<PartitionId> withoutMarker) throws InterruptedException {
        List<ConfigResource> topics = withoutMarker.stream()
                .map(partition -> partition.topic().value())
                .distinct()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<ConfigResource, Config> configs = BrokerReply.await(
                run.source()
                        .describeConfigs(
                                topics, new DescribeConfigsOptions().timeoutMs(Math.toIntExact(patience.toMillis())))
                        .all(),
                "source: reading topic settings");
        List<String> others = topics.stream()
                .filter(topic -> !knowsNoTransactions(configs.get(topic)))
                .map(ConfigResource::name)
                .toList();
        if (!others.isEmpty()) {
            throw new TryAgain(
                    FailureName.BROKER_UNREACHABLE,
                    "source: topics " + String.join(", ", others)
                            + " must have a partition's marker, since the transaction"
                            + " has ended and their message format knows transactions, but it was not found; nothing else"
                            + " was written to them");
        }
    }

    private static boolean knowsNoTransactions(@Nullable Config config) {
        ConfigEntry format = config == null ? null : config.get(TopicSetting.MESSAGE_FORMAT_VERSION);
        Matcher version = ZERO_DOT.matcher(format == null ? "" : String.valueOf(format.value()));
        return version.matches() && Integer.parseInt(version.group(1)) < FIRST_WITH_TRANSACTIONS;
    }

    @Override
    public void close() {
        // Nothing is open between calls.
    }
}
