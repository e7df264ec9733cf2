package io.kraftlift.local.workload;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/** Counts how often each id of each partition was read. Guarded by itself. */
public final class LiveTally {
    private final Map<Integer, Seen> partitions = new TreeMap<>();
    private long sentinels;

    LiveTally() {}

    /**
     * What was counted, by partition.
     *
     * @param partitions the counts of each partition from which a record was read
     * @param sentinels how many records of the migration were read
     */
    public record Counts(Map<Integer, PartitionCounts> partitions, long sentinels) {
        /** Copies the map. */
        public Counts {
            partitions = Map.copyOf(partitions);
        }

        /** Ids that were read exactly once. */
        public long seenOnce() {
            return partitions.values().stream()
                    .mapToLong(PartitionCounts::seenOnce)
                    .sum();
        }

        /** Ids that were read more than once. */
        public long duplicates() {
            return partitions.values().stream()
                    .mapToLong(PartitionCounts::duplicates)
                    .sum();
        }

        /** Ids below the highest of their partition that were not read. */
        public long missing() {
            return partitions.values().stream()
                    .mapToLong(PartitionCounts::missing)
                    .sum();
        }
    }

    /**
     * What was counted in one partition.
     *
     * @param seenOnce ids that were read exactly once
     * @param duplicates ids that were read more than once
     * @param missing ids below the highest that were not read
     */
    public record PartitionCounts(long seenOnce, long duplicates, long missing) {}

    synchronized void count(int partition, long id) {
        Seen seen = partitions.computeIfAbsent(partition, first -> new Seen(new BitSet(), new BitSet()));
        int bit = Math.toIntExact(id);
        if (seen.any().get(bit)) {
            seen.again().set(bit);
        }
        seen.any().set(bit);
    }

    synchronized void countSentinel() {
        sentinels++;
    }

    synchronized Counts counts() {
        var all = new TreeMap<Integer, PartitionCounts>();
        partitions.forEach((partition, seen) -> all.put(partition, seen.counts()));
        return new Counts(all, sentinels);
    }

    /** How many of the ids 0 to one less than the number given for each partition were not read. */
    synchronized long missing(Map<Integer, Long> below) {
        long missing = 0;
        for (var entry : below.entrySet()) {
            Seen seen = partitions.get(entry.getKey());
            int limit = Math.toIntExact(entry.getValue());
            missing += limit - (seen == null ? 0 : seen.any().get(0, limit).cardinality());
        }
        return missing;
    }

    private record Seen(BitSet any, BitSet again) {
        PartitionCounts counts() {
            long ids = any.cardinality();
            long duplicates = again.cardinality();
            return new PartitionCounts(ids - duplicates, duplicates, any.length() - ids);
        }
    }
}
