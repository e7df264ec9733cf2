package io.kraftlift.core.validation;

import static io.kraftlift.core.validation.MarkerSighting.OnSource.CLEANED_AWAY;
import static io.kraftlift.core.validation.MarkerSighting.OnSource.NOT_THERE;
import static io.kraftlift.core.validation.MarkerSighting.OnSource.THERE;
import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.groups.GroupId;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.offsets.Translation;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.validation.CopiedPartition.LogRange;
import io.kraftlift.core.validation.MarkerSighting.OnSource;
import io.kraftlift.core.validation.RecordImage.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CutoverChecksTest {
    private static final PartitionId A = PartitionId.of("a", 0);
    private static final Translation END = new Translation.EndOfLog(TargetOffset.of(7));
    private static final PartitionId B = PartitionId.of("b", 1);

    @Test
    void findsEverySentinelOrNamesWhatIsWrong() {
        assertThat(SentinelPresence.check(Set.of(A), Map.of(A, sighting(A, 7L, true)), List.of())
                        .outcome())
                .isEqualTo(Outcome.PASSED);
        assertThat(reasonsOf(sighting(A, null, false)))
                .containsExactly("a/0: the sentinel at source offset 30 was not copied");
        assertThat(reasonsOf(sighting(A, 7L, false)))
                .containsExactly("a/0: the sentinel at source offset 30 is not at target offset 7");
        assertThat(reasonsOf(sighting(A, 7L, true, Part.KEY)))
                .containsExactly(
                        "a/0: the sentinel at source offset 30 differs from the record at target offset 7 in [KEY]");
        assertThat(SentinelPresence.check(Set.of(A, B), Map.of(A, sighting(A, 7L, true)), List.of())
                        .reasons())
                .containsExactly("b/1: no sentinel was published");
    }

    @Test
    void findsAMarkerByWhereTheCopyEnds() {
        CheckResult found = SentinelPresence.check(Set.of(A), Map.of(A, marker(THERE, END, 5, 7)), List.of(B));
        assertThat(found.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(found.notes())
                .containsExactly("b/1: ends with a record and not with a marker, for its message format knows no"
                        + " transactions");
        assertThat(reasonsOf(marker(NOT_THERE, END, 0, 7)))
                .containsExactly(
                        "a/0: the marker at source offset 30 is not in the source's log, which ends before it or"
                                + " has something else there");
        assertThat(reasonsOf(marker(THERE, END, 0, 6)))
                .containsExactly(
                        "a/0: the marker at source offset 30 stands for target offset 7, but the target ends at 6");
        assertThat(reasonsOf(marker(THERE, END, 8, 9)))
                .containsExactly(
                        "a/0: the marker at source offset 30 stands for target offset 7, but the target begins at 8");
        assertThat(reasonsOf(new MarkerSighting(A, SourceOffset.of(30), THERE, END, null)))
                .containsExactly("a/0: the marker at source offset 30 stands for target offset 7, but the target has no"
                        + " such partition");
        assertThat(reasonsOf(marker(THERE, new Translation.Exact(TargetOffset.of(6)), 0, 7)))
                .containsExactly("a/0: the marker at source offset 30 is not the end of the copy: the record at target"
                        + " offset 6 was copied from its offset");
        assertThat(reasonsOf(marker(THERE, new Translation.NextSurvivor(TargetOffset.of(6)), 0, 7)))
                .containsExactly("a/0: the marker at source offset 30 is not the end of the copy: the record at target"
                        + " offset 6 was copied from beyond it");
        assertThat(reasonsOf(marker(CLEANED_AWAY, new Translation.Unknown("no map"), 0, 7)))
                .containsExactly(
                        "a/0: the marker at source offset 30 cannot be looked at again: retention, compaction or"
                                + " a deletion has removed it from the source since it was published, and was not reached by the"
                                + " copy (no map)");
    }

    @Test
    void warnsOfAMarkerThatTheSourceHasNoMore() {
        CheckResult gone = SentinelPresence.check(Set.of(A), Map.of(A, marker(CLEANED_AWAY, END, 0, 7)), List.of());

        assertThat(gone.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(gone.numbers())
                .containsEntry("sentinels_found", 0L)
                .containsEntry("sentinels_missing", 0L)
                .containsEntry("markers_cleaned_away", 1L);
    }

    @Test
    void passesGroupsThatAreWhereTheyWerePutOrHaveMovedOn() {
        CheckResult result = GroupReconciliation.check(List.of(position("g", A, 10, 10L), position("g", B, 10, 15L)));
        assertThat(result.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(result.numbers())
                .containsEntry("groups_checked", 1L)
                .containsEntry("positions_checked", 2L)
                .containsEntry("positions_moved_on", 1L);
        assertThat(GroupReconciliation.check(List.of()).outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void namesGroupPartitionAndOffsetsOfAMissingOrEarlierPosition() {
        assertThat(GroupReconciliation.check(List.of(position("g", A, 10, 9L), position("h", B, 12, null)))
                        .reasons())
                .containsExactly(
                        "group g, a/0: was committed at 10, the target has 9",
                        "group h, b/1: was committed at 12, the target has no position");
    }

    @Test
    void warnsOfAPositionThatWasNotCarriedOver() {
        CheckResult result = GroupReconciliation.check(
                List.of(new GroupPosition(new GroupId("g"), A, place(4, 4L), false, null, TargetOffset.of(40))));
        assertThat(result.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(result.reasons())
                .containsExactly("group g, a/0: target offset 4 was not committed, the target has no position");
    }

    @Test
    void namesAPositionThatTheOffsetMapHasElsewhereOrNowhere() {
        GroupPosition elsewhere =
                new GroupPosition(new GroupId("g"), A, place(4, 5L), true, TargetOffset.of(4), TargetOffset.of(40));
        GroupPosition nowhere =
                new GroupPosition(new GroupId("h"), B, place(7, null), true, TargetOffset.of(7), TargetOffset.of(40));

        assertThat(GroupReconciliation.check(List.of(elsewhere, nowhere)).reasons())
                .containsExactly(
                        "group g, a/0: source offset 104 was translated to 4, the offset map has it at 5",
                        "group h, b/1: source offset 107 was translated to 7, the offset map has it at no place");
    }

    @Test
    void namesAPositionBeyondTheLogsEnd() {
        CheckResult result = GroupReconciliation.check(List.of(position("g", A, 10, 41L), position("g", B, 10, 40L)));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.reasons()).containsExactly("group g, a/0: the target has 41, beyond the log's end 40");
    }

    @Test
    void keepsTheNumberOfReasonsThatItLeavesOut() {
        List<GroupPosition> many = new ArrayList<>();
        for (int i = 0; i < 1_003; i++) {
            many.add(position("g" + i, A, 5, null));
        }
        assertThat(GroupReconciliation.check(many).reasons())
                .hasSize(1_001)
                .last()
                .isEqualTo("and 3 more");
    }

    @Test
    void isFailedWhenItCouldNotBeMade() {
        CheckResult result = CheckResult.notMade(CheckName.SENTINEL_PRESENCE, "no answer");
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.reasons()).containsExactly("the check could not be made: no answer");
        assertThat(Outcome.worst(List.of())).isEqualTo(Outcome.FAILED);
    }

    private static List<String> reasonsOf(SentinelSighting sighting) {
        CheckResult result = SentinelPresence.check(Set.of(A), Map.of(A, sighting), List.of());
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        return result.reasons();
    }

    private static MarkerSighting marker(OnSource onSource, Translation place, long start, long end) {
        return new MarkerSighting(A, SourceOffset.of(30), onSource, place, new LogRange(start, end));
    }

    private static RecordSighting sighting(
            PartitionId partition, @Nullable Long target, boolean found, Part... differences) {
        return new RecordSighting(
                partition,
                SourceOffset.of(30),
                target == null ? null : TargetOffset.of(target),
                found,
                Set.of(differences));
    }

    private static GroupPosition position(String group, PartitionId partition, long wanted, @Nullable Long now) {
        return new GroupPosition(
                new GroupId(group),
                partition,
                place(wanted, wanted),
                true,
                now == null ? null : TargetOffset.of(now),
                TargetOffset.of(40));
    }

    private static GroupPosition.Place place(long wanted, @Nullable Long mapped) {
        return new GroupPosition.Place(
                SourceOffset.of(wanted + 100),
                TargetOffset.of(wanted),
                mapped == null ? null : TargetOffset.of(mapped));
    }
}
