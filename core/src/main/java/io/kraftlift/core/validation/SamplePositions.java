package io.kraftlift.core.validation;

import io.kraftlift.core.offsets.OffsetRun;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Chooses which records of a partition to compare: the first, the last, and others by chance. */
public final class SamplePositions {
    private SamplePositions() {}

    /**
     * The source offsets of {@code count} different copied records at or above {@code from}, ascending; fewer where
     * fewer were copied.
     *
     * @param from where the source's log starts now
     */
    public static List<SourceOffset> choose(
            List<OffsetRun> runs, SourceOffset from, int count, SplittableRandom random) {
        List<OffsetRun> there = new ArrayList<>();
        long records = 0;
        for (OffsetRun run : runs) {
            long skipped = Math.max(0, from.value() - run.source().value());
            if (skipped < run.count()) {
                there.add(new OffsetRun(
                        SourceOffset.of(run.source().value() + skipped),
                        TargetOffset.of(run.target().value() + skipped),
                        run.count() - skipped));
                records += run.count() - skipped;
            }
        }
        TreeSet<Long> ordinals = new TreeSet<>();
        if (records > 0 && count > 0) {
            ordinals.add(0L);
        }
        if (records > 1 && count > 1) {
            ordinals.add(records - 1);
        }
        while (ordinals.size() < Math.min(count, records)) {
            ordinals.add(random.nextLong(records));
        }
        return sourceOffsets(there, ordinals);
    }

    private static List<SourceOffset> sourceOffsets(List<OffsetRun> runs, SortedSet<Long> ordinals) {
        List<SourceOffset> offsets = new ArrayList<>();
        long before = 0;
        for (OffsetRun run : runs) {
            for (long ordinal : ordinals.subSet(before, before + run.count())) {
                offsets.add(SourceOffset.of(run.source().value() + ordinal - before));
            }
            before += run.count();
        }
        return offsets;
    }
}
