package io.kraftlift.core.groups;

import static io.kraftlift.core.groups.PositionKind.BELOW_RANGE;
import static io.kraftlift.core.groups.PositionKind.CLIPPED_TO_END;
import static io.kraftlift.core.groups.PositionKind.END_OF_LOG;
import static io.kraftlift.core.groups.PositionKind.EXACT;
import static io.kraftlift.core.groups.PositionKind.NEXT_SURVIVOR;
import static io.kraftlift.core.groups.PositionKind.NOT_MIGRATED;
import static io.kraftlift.core.groups.PositionKind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.groups.TranslatedPosition.Found;
import io.kraftlift.core.offsets.OffsetMap;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GroupTranslatorTest {
    private static final PartitionId ORDERS = PartitionId.of("orders", 3);

    @Test
    void carriesAPositionInTheMiddleToTheSameRecord() {
        assertThat(translate(103, drained())).isEqualTo(found(103, EXACT, 3));
    }

    @Test
    void skipsToTheNextSurvivorWhenTheOffsetWasCompactedAway() {
        assertThat(translate(107, drained())).isEqualTo(found(107, NEXT_SURVIVOR, 5));
    }

    @Test
    void goesToTheSentinelForAGroupThatHadReadEverythingBeforeIt() {
        assertThat(translate(129, drained())).isEqualTo(found(129, EXACT, 14));
    }

    @Test
    void goesToTheEndForAGroupThatHasReadTheSentinel() {
        assertThat(translate(130, drained())).isEqualTo(found(130, END_OF_LOG, 15));
    }

    @Test
    void goesToTheCopiedStartForAGroupWhoseRecordsWereRemovedBeforeTheCopy() {
        assertThat(translate(40, drained())).isEqualTo(found(40, BELOW_RANGE, 0));
    }

    @Test
    void clipsAPositionBeyondTheEndToTheCopiedEnd() {
        assertThat(translate(9_000, drained())).isEqualTo(found(9_000, CLIPPED_TO_END, 15));
    }

    @Test
    void invariantEKeepsSilentBeyondTheCheckpoint() {
        PartitionCopy behind = new PartitionCopy(map(), SourceOffset.of(104), SourceOffset.of(130));

        TranslatedPosition position = translate(120, behind);

        assertThat(position.kind()).isEqualTo(UNKNOWN);
        assertThat(position)
                .isInstanceOfSatisfying(
                        TranslatedPosition.LeftOut.class,
                        leftOut -> assertThat(leftOut.why()).contains("orders/3", "120", "104"));
    }

    @Test
    void keepsSilentAboutAPositionBeyondTheEndWhileTheCopyIsBehind() {
        PartitionCopy behind = new PartitionCopy(map(), SourceOffset.of(104), SourceOffset.of(130));

        assertThat(translate(9_000, behind).kind()).isEqualTo(UNKNOWN);
    }

    @Test
    void leavesOutATopicThatDoesNotMove() {
        TranslatedPosition position = new GroupTranslator(partition -> Optional.empty())
                .translate(Map.of(ORDERS, new CommittedPosition(SourceOffset.of(7), "")))
                .get(ORDERS);

        assertThat(position).isNotNull().extracting(TranslatedPosition::kind).isEqualTo(NOT_MIGRATED);
    }

    private static TranslatedPosition translate(long committed, PartitionCopy copy) {
        return new GroupTranslator(partition -> Optional.of(copy))
                .translate(Map.of(ORDERS, new CommittedPosition(SourceOffset.of(committed), "note")))
                .values()
                .iterator()
                .next();
    }

    private static Found found(long source, PositionKind kind, long target) {
        return new Found(SourceOffset.of(source), kind, TargetOffset.of(target), "note");
    }

    private static PartitionCopy drained() {
        return new PartitionCopy(map(), SourceOffset.of(130), SourceOffset.of(130));
    }

    /** Source 100-104 is target 0-4, source 120-129 is target 5-14, the rest is holes; 129 is the sentinel. */
    private static OffsetMap map() {
        OffsetMap map = new OffsetMap(ORDERS, SourceOffset.of(100), TargetOffset.of(0));
        map.append(100, 5);
        map.append(120, 10);
        return map;
    }
}
