package io.kraftlift.replicator;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.wire.RangeReader;
import io.kraftlift.access.wire.WireClient;
import io.kraftlift.core.batches.BatchHeader;
import io.kraftlift.core.batches.DigestChain;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.FirstDifference;
import io.kraftlift.core.lanes.LaneDigest;
import io.kraftlift.core.lanes.PartitionDigest;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.jspecify.annotations.Nullable;

/**
 * Reads every partition of a lane on the target once, up to what the checkpoint says, and compares it with what was
 * copied: number of records, bytes, and the digest chain over all batches. Nothing is decompressed. Partitions are read
 * side by side by some readers, each with connections and a thread of its own; what a partition's log lacks is a
 * difference like any other. Where there is one, its first record is searched for.
 */
final class LaneVerification {
    /** A reader holds two answers of 16 MiB: four of them are within the smallest worker's heap. */
    private static final int MOST_READERS = 4;

    /** A broker that has just started may not know a topic yet. */
    private static final int LOOKS = 5;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final double NANOS_PER_SECOND = 1e9;

    private final LaneWork work;
    private final int readers;

    /**
     * Compares nothing yet.
     *
     * @param processors that the readers have; each reader keeps one busy
     */
    LaneVerification(LaneWork work, int processors) {
        this.work = work;
        this.readers = Math.min(MOST_READERS, processors);
    }

    /** Compares, and writes the result. */
    void run() {
        long begun = System.nanoTime();
        Checkpoint checkpoint = new CheckpointObject(work).read();
        List<CopiedRange> ranges = ranges(checkpoint);
        Map<PartitionId, Found> found = new TreeMap<>();
        ranges.forEach(range -> found.put(range.partition(), new Found()));
        SideBySide.run("digest", shares(ranges), share -> read(share, found));
        List<PartitionDigest> digests = ranges.stream()
                .map(range -> digest(range, checkpoint, foundOf(found, range)))
                .toList();
        LaneDigest digest = new LaneDigest(
                work.plan().lane(),
                checkpoint.segment(),
                (System.nanoTime() - begun) / NANOS_PER_SECOND,
                located(digests, ranges, checkpoint));
        ObjectKey result = work.objects().laneResult(work.mode(), work.plan().lane());
        new StoreAttempts(work.surroundings()).run(() -> {
            work.store().put(result, ByteBuffer.wrap(Documents.write(digest)));
            return true;
        });
    }

    /** Where the copies are, of the partitions that the checkpoint names. */
    private List<CopiedRange> ranges(Checkpoint checkpoint) {
        List<PartitionId> copied = work.partitionIds().stream()
                .filter(checkpoint.partitions()::containsKey)
                .toList();
        try (ClusterLogs logs = new ClusterLogs("target", work.config().target())) {
            Map<TopicName, TopicDescription> topics = topics(logs, copied);
            List<PartitionId> there = copied.stream()
                    .filter(partition -> isThere(partition, topics.get(partition.topic())))
                    .toList();
            Map<PartitionId, Long> starts = there.isEmpty() ? Map.of() : logs.starts(there);
            Map<PartitionId, Long> ends = there.isEmpty() ? Map.of() : logs.ends(there);
            List<CopiedRange> ranges = new ArrayList<>();
            for (PartitionId partition : copied) {
                PartitionProgress progress = progressOf(checkpoint, partition);
                long until = progress.targetNext().value();
                long from = until - progress.records();
                @Nullable Long start = starts.get(partition);
                @Nullable Long end = ends.get(partition);
                CopiedRange missing = CopiedRange.missing(partition, from, until);
                ranges.add(start == null || end == null ? missing : missing.in(start, end));
            }
            return ranges;
        }
    }

    private Map<TopicName, TopicDescription> topics(ClusterLogs logs, List<PartitionId> partitions) {
        Set<TopicName> wanted = partitions.stream().map(PartitionId::topic).collect(Collectors.toSet());
        ClusterLogs.Topics topics = logs.ask(wanted).await();
        for (int look = 1;
                look < LOOKS && !(topics.informed() && topics.topics().size() == wanted.size());
                look++) {
            pause();
            topics = logs.ask(wanted).await();
        }
        if (!topics.informed()) {
            throw new TryAgain(
                    FailureName.BROKER_UNREACHABLE, "target cluster: the brokers do not know their cluster yet");
        }
        return topics.topics();
    }

    private void pause() {
        try {
            work.surroundings().sleeper().sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TryAgain(FailureName.BROKER_UNREACHABLE, "target cluster: interrupted while asking", e);
        }
    }

    private static boolean isThere(PartitionId partition, @Nullable TopicDescription topic) {
        return topic != null && partition.index() < topic.partitions().size();
    }

    /** The ranges that are there, shared out so that every reader has about as much to read. */
    private List<List<CopiedRange>> shares(List<CopiedRange> ranges) {
        List<List<CopiedRange>> shares = new ArrayList<>();
        for (int reader = 0; reader < readers; reader++) {
            shares.add(new ArrayList<>());
        }
        long[] lengths = new long[readers];
        ranges.stream()
                .filter(range -> range.length() > 0)
                .sorted(Comparator.comparingLong(CopiedRange::length).reversed())
                .forEach(range -> {
                    int least = 0;
                    for (int reader = 1; reader < readers; reader++) {
                        least = lengths[reader] < lengths[least] ? reader : least;
                    }
                    lengths[least] += range.length();
                    shares.get(least).add(range);
                });
        shares.removeIf(List::isEmpty);
        return shares;
    }

    private void read(List<CopiedRange> share, Map<PartitionId, Found> found) {
        List<Found> bySlot = share.stream().map(range -> foundOf(found, range)).toList();
        List<PartitionId> partitions =
                share.stream().map(CopiedRange::partition).toList();
        long[] from = share.stream().mapToLong(CopiedRange::readFrom).toArray();
        long[] until = share.stream().mapToLong(CopiedRange::readUntil).toArray();
        try (WireClient client = WireClient.open(work.config().target(), "target-digest", partitions, 1)) {
            new RangeReader(client, from, until).read((slot, batch) -> {
                SideBySide.requireWanted();
                bySlot.get(slot).add(batch);
            });
        }
    }

    private static PartitionDigest digest(CopiedRange range, Checkpoint checkpoint, Found found) {
        PartitionProgress progress = progressOf(checkpoint, range.partition());
        @Nullable FirstDifference difference = null;
        if (!range.there()) {
            difference = new FirstDifference(TargetOffset.of(range.from()), "the target has no such partition");
        } else if (range.readFrom() > range.from()) {
            // A fetch brings the whole batch in which a log starts, so that the digest would not tell.
            difference = new FirstDifference(
                    TargetOffset.of(range.from()),
                    "the target's log starts at " + range.readFrom() + "; what was before was removed");
        } else if (found.firstDamaged >= 0) {
            difference = new FirstDifference(
                    TargetOffset.of(found.firstDamaged), "the batch that begins here has a wrong checksum");
        }
        return new PartitionDigest(
                range.partition(),
                TargetOffset.of(range.from()),
                progress.targetNext(),
                progress.records(),
                found.records,
                progress.bytes(),
                found.bytes,
                progress.digest(),
                found.chain.value(),
                difference);
    }

    /** The digests, with a place for each that has a difference and no place yet. */
    private List<PartitionDigest> located(
            List<PartitionDigest> digests, List<CopiedRange> ranges, Checkpoint checkpoint) {
        List<CopiedRange> different = new ArrayList<>();
        for (int at = 0; at < digests.size(); at++) {
            if (!digests.get(at).matches() && digests.get(at).firstDifference() == null) {
                different.add(ranges.get(at));
            }
        }
        if (different.isEmpty()) {
            return digests;
        }
        Map<PartitionId, FirstDifference> first = new DifferenceSearch(work, different).search(checkpoint.segment());
        return digests.stream()
                .map(digest -> {
                    @Nullable FirstDifference difference = first.get(digest.partition());
                    return difference == null ? digest : digest.with(difference);
                })
                .toList();
    }

    private static PartitionProgress progressOf(Checkpoint checkpoint, PartitionId partition) {
        return Objects.requireNonNull(checkpoint.partitions().get(partition), partition::toString);
    }

    private static Found foundOf(Map<PartitionId, Found> found, CopiedRange range) {
        return Objects.requireNonNull(found.get(range.partition()), range::toString);
    }

    /** What was read of one partition. */
    private static final class Found {
        private final DigestChain chain = new DigestChain(DigestChain.START);
        private long records;
        private long bytes;
        private long firstDamaged = -1;

        void add(ByteBuffer batch) {
            if (firstDamaged < 0 && !BatchHeader.checksumHolds(batch, 0)) {
                firstDamaged = BatchHeader.baseOffset(batch, 0);
            }
            chain.append(batch, 0);
            records += BatchHeader.count(batch, 0);
            bytes += batch.remaining();
        }
    }
}
