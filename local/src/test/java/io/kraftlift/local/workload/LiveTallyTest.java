package io.kraftlift.local.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.local.workload.LiveTally.PartitionCounts;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveTallyTest {
    private final LiveTally tally = new LiveTally();

    @Test
    void tellsOnceFromTwiceFromNever() {
        tally.count(0, 0);
        tally.count(0, 1);
        tally.count(0, 1);
        tally.count(0, 1);
        tally.count(0, 4);
        tally.count(7, 0);
        tally.countSentinel();

        LiveTally.Counts counts = tally.counts();

        assertThat(counts.partitions())
                .isEqualTo(Map.of(0, new PartitionCounts(2, 1, 2), 7, new PartitionCounts(1, 0, 0)));
        assertThat(counts.seenOnce()).isEqualTo(3);
        assertThat(counts.duplicates()).isEqualTo(1);
        assertThat(counts.missing()).isEqualTo(2);
        assertThat(counts.sentinels()).isEqualTo(1);
    }

    @Test
    void missesWhatWasAcknowledgedAndNotRead() {
        tally.count(0, 0);
        tally.count(0, 2);
        tally.count(0, 9);

        assertThat(tally.missing(Map.of(0, 5L, 1, 4L))).isEqualTo(7);
        assertThat(tally.missing(Map.of(0, 1L))).isZero();
    }
}
