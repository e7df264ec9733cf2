package io.kraftlift.core.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FloorLookTest {
    private static final PartitionId ORDERS = PartitionId.of("orders", 0);

    /** Copied to target 2 up to 17, exclusive: 15 records. */
    private static final PartitionProgress COPIED =
            new PartitionProgress(SourceOffset.of(90), TargetOffset.of(17), 15, 400, Sha256.of(new byte[] {1}));

    @Test
    void findsNothingWhereTheTargetHoldsTheCopy() {
        assertThat(look(2, 17).findings()).isEmpty();
    }

    @Test
    void findsALogStartThatHasAdvancedIntoTheCopy() {
        assertThat(look(3, 17).findings()).containsExactly("orders/0: log start must be at most 2, was 3");
    }

    @Test
    void findsARecordThatSomebodyElseWrote() {
        assertThat(look(2, 18).findings()).containsExactly("orders/0: log end must be 17, was 18");
    }

    @Test
    void findsARecordThatIsMissing() {
        assertThat(look(2, 16).findings()).containsExactly("orders/0: log end must be 17, was 16");
    }

    private static FloorLook look(long start, long end) {
        return new FloorLook(Map.of(ORDERS, COPIED), Map.of(ORDERS, start), Map.of(ORDERS, end));
    }
}
