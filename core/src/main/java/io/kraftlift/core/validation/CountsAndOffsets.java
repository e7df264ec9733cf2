package io.kraftlift.core.validation;

import io.kraftlift.core.lanes.Ended;
import io.kraftlift.core.lanes.Gap;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.validation.CopiedPartition.Copy;
import io.kraftlift.core.validation.CopiedPartition.LogRange;
import io.kraftlift.core.validation.CopiedPartition.MapRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Check 2: both clusters' log ranges agree with what the checkpoints say was copied.
 *
 * <ol>
 *   <li>The source ends where the copy ended: nothing was written after the freeze.
 *   <li>The target still starts at or before the copy's start, and ends at or after the copy's end.
 *   <li>The copied range on the target is as long as the number of records copied, within the tolerance.
 *   <li>Checkpoint and offset map agree.
 *   <li>Records that retention took before they were copied are a warning each, and so is a topic that was deleted on the
 *       source: it has no end there to compare with.
 * </ol>
 *
 * The source's log start may have moved on: retention goes on there.
 */
public final class CountsAndOffsets {
    private CountsAndOffsets() {}

    /**
     * Compares.
     *
     * @param tolerance records by which the length of a copied range may differ from the count; a smaller difference is
     *     a warning
     */
    public static CheckResult check(List<CopiedPartition> partitions, long tolerance) {
        Tally tally = new Tally(CheckName.COUNTS_AND_OFFSETS)
                .count("partitions_checked", partitions.size())
                .count("target_behind_or_missing", 0)
                .count("earliest_partitions_checked", 0)
                .count("earliest_mismatches", 0)
                .count("latest_partitions_checked", 0)
                .count("latest_mismatches", 0)
                .count("records_copied", 0)
                .count("gaps", 0)
                .count("partitions_ended", 0);
        for (CopiedPartition partition : partitions) {
            checkOne(partition, tolerance, tally);
        }
        if (partitions.isEmpty()) {
            tally.failed("the plan has no partitions, so nothing was shown");
        }
        return tally.result();
    }

    private static void checkOne(CopiedPartition facts, long tolerance, Tally tally) {
        PartitionId partition = facts.partition();
        for (Gap gap : facts.gaps()) {
            tally.count("gaps", 1);
            tally.warning(partition + ": source offsets " + gap.first() + " to " + gap.last()
                    + " were removed by retention before they could be copied");
        }
        @Nullable Copy copy = facts.copy();
        if (copy == null) {
            tally.count("target_behind_or_missing", 1);
            tally.failed(partition + ": no checkpoint says how far it was copied");
            return;
        }
        tally.count("records_copied", copy.records());
        @Nullable Ended ended = facts.ended();
        if (ended == null) {
            checkSource(partition, copy, facts.source(), tally);
        } else {
            checkEnded(ended, facts.source(), tally);
        }
        @Nullable MapRange map = copy.map();
        if (map == null) {
            tally.failed(partition + ": there is no offset map");
            return;
        }
        checkMap(partition, copy, map, tolerance, tally);
        checkTarget(partition, copy, map, facts.target(), tally);
    }

    private static void checkSource(PartitionId partition, Copy copy, @Nullable LogRange source, Tally tally) {
        if (source == null) {
            tally.failed(partition + ": is not on the source any more, so its end cannot be compared");
            return;
        }
        tally.count("latest_partitions_checked", 1);
        long copiedTo = copy.sourceNext().value();
        if (source.end() > copiedTo) {
            tally.count("latest_mismatches", 1);
            tally.failed(partition + ": source offsets " + copiedTo + " to " + (source.end() - 1)
                    + " were written after the freeze and are not on the target");
        } else if (source.end() < copiedTo) {
            tally.count("latest_mismatches", 1);
            tally.failed(partition + ": the source ends at " + source.end() + ", before " + copiedTo
                    + ", up to which it was copied; its log was truncated or made anew");
        }
    }

    private static void checkEnded(Ended ended, @Nullable LogRange source, Tally tally) {
        tally.count("partitions_ended", 1);
        if (source == null) {
            tally.warning(ended.partition() + ": its topic was deleted on the source during the migration; it is on the"
                    + " target as it was copied, up to source offset " + ended.end());
        } else {
            tally.failed(ended.partition() + ": its topic was deleted on the source and made anew; the target has the"
                    + " earlier one, up to source offset " + ended.end() + ", and nothing of the new one");
        }
    }

    private static void checkMap(PartitionId partition, Copy copy, MapRange map, long tolerance, Tally tally) {
        if (!map.coveredTo().equals(copy.sourceNext()) || !map.targetNext().equals(copy.targetNext())) {
            tally.failed(partition + ": the offset map ends at source " + map.coveredTo() + ", target "
                    + map.targetNext() + ", the checkpoint at source " + copy.sourceNext() + ", target "
                    + copy.targetNext());
        }
        long span = copy.targetNext().value() - map.targetStart().value();
        long difference = Math.abs(span - copy.records());
        if (difference != 0) {
            String reason = partition + ": target offsets " + map.targetStart() + " to " + copy.targetNext()
                    + " (exclusive) are " + span + " records, but " + copy.records() + " were copied";
            if (difference > tolerance) {
                tally.failed(reason);
            } else {
                tally.warning(reason + ", which is within the tolerance of " + tolerance);
            }
        }
    }

    private static void checkTarget(
            PartitionId partition, Copy copy, MapRange map, @Nullable LogRange target, Tally tally) {
        if (target == null) {
            tally.count("target_behind_or_missing", 1);
            tally.failed(partition + ": is not on the target");
            return;
        }
        tally.count("earliest_partitions_checked", 1);
        if (target.start() > map.targetStart().value()) {
            tally.count("earliest_mismatches", 1);
            tally.failed(partition + ": the target's log starts at " + target.start() + ", after " + map.targetStart()
                    + ", where the copy starts");
        }
        if (target.end() < copy.targetNext().value()) {
            tally.count("target_behind_or_missing", 1);
            tally.failed(partition + ": the target ends at " + target.end() + ", before " + copy.targetNext()
                    + ", up to which it was copied");
        }
    }
}
