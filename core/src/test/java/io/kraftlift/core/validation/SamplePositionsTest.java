package io.kraftlift.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.offsets.OffsetRun;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SamplePositionsTest {
    /** Records at source offsets 10, 11, 12, 20, 30, 31. */
    private static final List<OffsetRun> RUNS = List.of(run(10, 0, 3), run(20, 3, 1), run(30, 4, 2));

    @Test
    void takesTheFirstTheLastAndOthersBetween() {
        List<SourceOffset> chosen = choose(0, 3);
        assertThat(chosen)
                .hasSize(3)
                .doesNotHaveDuplicates()
                .startsWith(SourceOffset.of(10))
                .endsWith(SourceOffset.of(31));
        assertThat(choose(0, 99)).extracting(SourceOffset::value).containsExactly(10L, 11L, 12L, 20L, 30L, 31L);
    }

    @Test
    void leavesOutWhatTheSourceHasRemovedSince() {
        assertThat(choose(12, 99)).extracting(SourceOffset::value).containsExactly(12L, 20L, 30L, 31L);
        assertThat(choose(32, 99)).isEmpty();
    }

    @Test
    void choosesTheSameFromTheSameSeed() {
        List<OffsetRun> large = List.of(run(0, 0, 1_000_000));
        List<SourceOffset> once = SamplePositions.choose(large, SourceOffset.of(0), 5, new SplittableRandom(7));
        assertThat(SamplePositions.choose(large, SourceOffset.of(0), 5, new SplittableRandom(7)))
                .isEqualTo(once);
        assertThat(SamplePositions.choose(large, SourceOffset.of(0), 5, new SplittableRandom(8)))
                .isNotEqualTo(once);
    }

    @Test
    void choosesNothingFromNothing() {
        assertThat(SamplePositions.choose(List.of(), SourceOffset.of(0), 3, new SplittableRandom(1)))
                .isEmpty();
        assertThat(choose(0, 0)).isEmpty();
    }

    private static List<SourceOffset> choose(long from, int count) {
        return SamplePositions.choose(RUNS, SourceOffset.of(from), count, new SplittableRandom(42));
    }

    private static OffsetRun run(long source, long target, long count) {
        return new OffsetRun(SourceOffset.of(source), TargetOffset.of(target), count);
    }
}
