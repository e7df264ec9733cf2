package io.kraftlift.core.validation;

import io.kraftlift.core.topics.PartitionId;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Check 3, over some records: what both clusters' readers see at corresponding offsets is equal to the byte. */
public final class SpotCheck {
    private SpotCheck() {}

    /** Judges the samples of every planned partition. A partition of which nothing was copied needs none. */
    public static CheckResult check(Set<PartitionId> planned, Map<PartitionId, SampledPartition> sampled) {
        Tally tally = new Tally(CheckName.SPOT_CHECK_RECORDS)
                .count("partitions_checked", 0)
                .count("partitions_empty", 0)
                .count("records_checked", 0)
                .count("records_different", 0);
        for (PartitionId partition : new TreeSet<>(planned)) {
            @Nullable SampledPartition facts = sampled.get(partition);
            if (facts == null) {
                tally.failed(partition + ": was not sampled");
            } else if (facts.copied() == 0) {
                tally.count("partitions_empty", 1);
            } else {
                checkOne(facts, tally);
            }
        }
        if (planned.isEmpty()) {
            tally.failed("the plan has no partitions, so nothing was shown");
        }
        return tally.result();
    }

    private static void checkOne(SampledPartition facts, Tally tally) {
        tally.count("partitions_checked", 1);
        if (facts.samples().isEmpty()) {
            tally.failed(facts.partition() + ": " + facts.copied()
                    + " records were copied, but the source has none of them left to compare with");
        }
        for (SampledPartition.Sample sample : facts.samples()) {
            tally.count("records_checked", 1);
            if (sample.target() == null) {
                different(tally, facts, sample, "was not copied");
            } else if (!sample.found()) {
                different(tally, facts, sample, "is not at target offset " + sample.target());
            } else if (!sample.differences().isEmpty()) {
                different(
                        tally,
                        facts,
                        sample,
                        "differs from the one at target offset " + sample.target() + " in "
                                + new TreeSet<>(sample.differences()));
            }
        }
    }

    private static void different(Tally tally, SampledPartition facts, SampledPartition.Sample sample, String how) {
        tally.count("records_different", 1);
        tally.failed(facts.partition() + ": the record at source offset " + sample.source() + " " + how);
    }
}
