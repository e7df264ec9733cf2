package io.kraftlift.core.validation;

import io.kraftlift.core.lanes.FirstDifference;
import io.kraftlift.core.lanes.LaneDigest;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.PartitionDigest;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Check 3, over every record: the digest made while copying equals the digest of what the target now holds. */
public final class FullRecords {
    private FullRecords() {}

    /**
     * A lane as it was planned and as it is.
     *
     * @param copiedThrough the last segment of its checkpoint
     * @param digest its comparison; null when it was not made
     */
    public record Lane(
            Set<PartitionId> planned,
            long copiedThrough,
            @Nullable LaneDigest digest) {
        public Lane {
            planned = Set.copyOf(planned);
        }
    }

    /** Judges every lane. Every planned partition has to be compared exactly once, and nothing else. */
    public static CheckResult check(Map<LaneId, Lane> lanes) {
        Tally tally = new Tally(CheckName.RECORDS)
                .count("partitions_checked", 0)
                .count("partitions_different", 0)
                .count("records_checked", 0)
                .count("bytes_checked", 0);
        Map<PartitionId, Integer> planned = new TreeMap<>();
        Map<PartitionId, Integer> compared = new TreeMap<>();
        new TreeMap<>(lanes).forEach((id, lane) -> {
            lane.planned().forEach(partition -> planned.merge(partition, 1, Integer::sum));
            checkLane(id, lane, compared, tally);
        });
        for (PartitionId partition : union(planned.keySet(), compared.keySet())) {
            int times = compared.getOrDefault(partition, 0);
            if (!planned.containsKey(partition)) {
                tally.failed(partition + ": was compared but is not in the plan");
            } else if (times != 1) {
                tally.failed(partition + ": was compared " + times + " times, must be once");
            }
        }
        if (planned.isEmpty()) {
            tally.failed("the plan has no partitions, so nothing was shown");
        }
        return tally.result();
    }

    private static void checkLane(LaneId id, Lane lane, Map<PartitionId, Integer> compared, Tally tally) {
        @Nullable LaneDigest digest = lane.digest();
        if (digest == null) {
            tally.failed("lane " + id + ": left no comparison of its "
                    + lane.planned().size() + " partitions");
            return;
        }
        if (digest.segment() != lane.copiedThrough()) {
            tally.failed("lane " + id + ": was compared as of segment " + digest.segment() + ", but was copied through "
                    + lane.copiedThrough());
        }
        for (PartitionDigest partition : digest.partitions()) {
            compared.merge(partition.partition(), 1, Integer::sum);
            checkPartition(partition, tally);
        }
    }

    private static void checkPartition(PartitionDigest digest, Tally tally) {
        tally.count("partitions_checked", 1);
        tally.count("records_checked", digest.recordsFound());
        tally.count("bytes_checked", digest.bytesFound());
        if (digest.matches()) {
            return;
        }
        tally.count("partitions_different", 1);
        @Nullable FirstDifference first = digest.firstDifference();
        tally.failed(digest.partition() + ": target offsets " + digest.from() + " to " + digest.until()
                + " (exclusive) differ"
                + (first == null ? "" : ", first at target offset " + first.at() + ": " + first.how())
                + "; copied " + described(digest.recordsExpected(), digest.bytesExpected(), digest.digestExpected())
                + ", found " + described(digest.recordsFound(), digest.bytesFound(), digest.digestFound()));
    }

    private static String described(long records, long bytes, Sha256 digest) {
        return records + " records, " + bytes + " bytes, digest " + digest;
    }

    private static Set<PartitionId> union(Set<PartitionId> some, Set<PartitionId> others) {
        Set<PartitionId> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }
}
