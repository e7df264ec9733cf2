package io.kraftlift.core.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.core.topics.PartitionId;
import org.junit.jupiter.api.Test;

class OffsetMapTest {
    private static final PartitionId PARTITION = PartitionId.of("orders", 3);

    /** Source 100..104 and 110..111 copied to target 7..13; 105..109 compacted away; markers up to 115. */
    private static OffsetMap mapWithAHole() {
        OffsetMap map = new OffsetMap(PARTITION, SourceOffset.of(100), TargetOffset.of(7));
        map.append(100, 5);
        map.append(110, 2);
        map.advance(115);
        return map;
    }

    @Test
    void answersExactlyForACopiedRecord() {
        assertThat(translate(103)).isEqualTo(new Translation.Exact(TargetOffset.of(10)));
        assertThat(translate(111)).isEqualTo(new Translation.Exact(TargetOffset.of(13)));
    }

    @Test
    void skipsToTheNextSurvivorWhenTheOffsetWasCompactedAway() {
        assertThat(translate(105)).isEqualTo(new Translation.NextSurvivor(TargetOffset.of(12)));
        assertThat(translate(109)).isEqualTo(new Translation.NextSurvivor(TargetOffset.of(12)));
    }

    @Test
    void saysEndOfLogAfterTheLastRecordUpToWhatIsCovered() {
        assertThat(translate(112)).isEqualTo(new Translation.EndOfLog(TargetOffset.of(14)));
        assertThat(translate(115)).isEqualTo(new Translation.EndOfLog(TargetOffset.of(14)));
    }

    @Test
    void neverAnswersBeyondWhatIsCovered() {
        assertThat(translate(116)).isInstanceOf(Translation.Unknown.class);
    }

    @Test
    void saysBelowRangeBeforeTheFirstCopiedOffset() {
        assertThat(translate(99)).isEqualTo(new Translation.BelowRange(TargetOffset.of(7)));
    }

    @Test
    void believesTheMapOnlyUpToTheLimit() {
        OffsetMap map = mapWithAHole();
        SourceOffset limit = SourceOffset.of(102);
        assertThat(map.translate(SourceOffset.of(101), limit)).isEqualTo(new Translation.Exact(TargetOffset.of(8)));
        assertThat(map.translate(SourceOffset.of(102), limit)).isEqualTo(new Translation.EndOfLog(TargetOffset.of(9)));
        assertThat(map.translate(SourceOffset.of(103), limit)).isInstanceOf(Translation.Unknown.class);
        assertThat(map.translate(SourceOffset.of(107), SourceOffset.of(108)))
                .isEqualTo(new Translation.EndOfLog(TargetOffset.of(12)));
    }

    @Test
    void joinsRecordsThatFollowEachOtherIntoOneRun() {
        OffsetMap map = new OffsetMap(PARTITION, SourceOffset.of(0), TargetOffset.of(0));
        map.append(0, 10);
        map.append(10, 5);
        map.append(16, 1);
        assertThat(map.runs())
                .containsExactly(
                        new OffsetRun(SourceOffset.of(0), TargetOffset.of(0), 15),
                        new OffsetRun(SourceOffset.of(16), TargetOffset.of(15), 1));
    }

    @Test
    void refusesToGoBack() {
        OffsetMap map = mapWithAHole();
        assertThatThrownBy(() -> map.append(114, 1))
                .hasMessageContaining("orders/3")
                .hasMessageContaining("115");
        assertThatThrownBy(() -> map.advance(3)).hasMessageContaining("115 to 3");
    }

    @Test
    void ofAnEmptyPartitionIsAllEndOfLog() {
        OffsetMap map = new OffsetMap(PARTITION, SourceOffset.of(4), TargetOffset.of(2));
        assertThat(map.translate(SourceOffset.of(4))).isEqualTo(new Translation.EndOfLog(TargetOffset.of(2)));
        assertThat(map.translate(SourceOffset.of(3))).isEqualTo(new Translation.BelowRange(TargetOffset.of(2)));
        assertThat(map.translate(SourceOffset.of(5))).isInstanceOf(Translation.Unknown.class);
    }

    private static Translation translate(long source) {
        return mapWithAHole().translate(SourceOffset.of(source));
    }
}
