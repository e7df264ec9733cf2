package io.kraftlift.core.validation;

import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.topics.PartitionId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Check 3, over every record: the digest made while copying equals the digest of what the target now holds. */
public final class FullRecords {
    private FullRecords() {}

    /**
     * Compares.
     *
     * @param planned each lane's partitions
     * @param digests each lane's result; a lane that is missing here was not read
     */
    public static CheckResult check(
            Map<LaneId, Set<PartitionId>> planned, Map<LaneId, List<PartitionDigests>> digests) {
        Tally tally = new Tally(CheckName.RECORDS)
                .count("partitions_checked", 0)
                .count("partitions_different", 0)
                .count("records_checked", 0)
                .count("bytes_checked", 0);
        Map<PartitionId, Integer> times = new TreeMap<>();
        new TreeMap<>(planned).forEach((lane, partitions) -> {
            @Nullable List<PartitionDigests> found = digests.get(lane);
            if (found == null) {
                tally.failed("lane " + lane + ": left no digest result, so its " + partitions.size()
                        + " partitions were not compared");
                return;
            }
            for (PartitionDigests digest : found) {
                times.merge(digest.partition(), 1, Integer::sum);
                checkOne(digest, tally);
            }
        });
        Set<PartitionId> all = new TreeSet<>();
        planned.forEach((lane, partitions) -> {
            all.addAll(partitions);
            if (digests.containsKey(lane)) {
                new TreeSet<>(partitions)
                        .stream()
                                .filter(partition -> !times.containsKey(partition))
                                .forEach(partition ->
                                        tally.failed(partition + ": lane " + lane + "'s digest result leaves it out"));
            }
        });
        times.forEach((partition, count) -> {
            if (!all.contains(partition)) {
                tally.failed(partition + ": has a digest but is not in the plan");
            } else if (count > 1) {
                tally.failed(partition + ": has " + count + " digests, must have one");
            }
        });
        if (all.isEmpty()) {
            tally.failed("the plan has no partitions, so nothing was shown");
        }
        return tally.result();
    }

    private static void checkOne(PartitionDigests digest, Tally tally) {
        tally.count("partitions_checked", 1);
        tally.count("records_checked", digest.found().records());
        tally.count("bytes_checked", digest.found().bytes());
        if (digest.copied().equals(digest.found())) {
            return;
        }
        tally.count("partitions_different", 1);
        tally.failed(digest.partition() + ": "
                + (digest.firstDifference() == null
                        ? "differs"
                        : "differs from target offset " + digest.firstDifference() + " on")
                + "; copied " + described(digest.copied()) + ", found " + described(digest.found()));
    }

    private static String described(PartitionDigests.Side side) {
        return side.records() + " records, " + side.bytes() + " bytes, digest " + side.digest();
    }
}
