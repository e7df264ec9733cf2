package io.kraftlift.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.lanes.Ended;
import io.kraftlift.core.lanes.Gap;
import io.kraftlift.core.lanes.TopicEnd;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.validation.CopiedPartition.Copy;
import io.kraftlift.core.validation.CopiedPartition.LogRange;
import io.kraftlift.core.validation.CopiedPartition.MapRange;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CountsAndOffsetsTest {
    private static final PartitionId ORDERS = PartitionId.of("orders", 3);

    /** 90 records from source offsets [10, 112), at [5, 95) on the target. */
    private static final Copy COPY = copy(112, 95, 90, 112, 95);

    @Test
    void passesWhatAgreesAlthoughTheSourceLostItsOldestAndTheTargetHasNewRecords() {
        CheckResult result = check(partition(COPY, new LogRange(40, 112), new LogRange(0, 120)));
        assertThat(result.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(result.numbers())
                .containsEntry("partitions_checked", 1L)
                .containsEntry("target_behind_or_missing", 0L)
                .containsEntry("earliest_partitions_checked", 1L)
                .containsEntry("earliest_mismatches", 0L)
                .containsEntry("latest_partitions_checked", 1L)
                .containsEntry("latest_mismatches", 0L)
                .containsEntry("records_copied", 90L);
    }

    @Test
    void passesAnEmptyPartition() {
        assertThat(check(partition(copy(7, 0, 0, 7, 0, 0), new LogRange(7, 7), new LogRange(0, 0)))
                        .outcome())
                .isEqualTo(Outcome.PASSED);
    }

    @Test
    void namesWhatWasWrittenToTheSourceAfterTheFreeze() {
        assertFailed(
                check(partition(COPY, new LogRange(10, 115), new LogRange(5, 95))),
                "orders/3: source offsets 112 to 114 were written after the freeze");
    }

    @Test
    void failsWhenTheSourceWasTruncated() {
        assertFailed(
                check(partition(COPY, new LogRange(10, 111), new LogRange(5, 95))),
                "orders/3: the source ends at 111, before 112");
    }

    @Test
    void failsWhenTheTargetEndsBeforeTheCopy() {
        CheckResult result = check(partition(COPY, new LogRange(10, 112), new LogRange(5, 94)));
        assertFailed(result, "orders/3: the target ends at 94, before 95");
        assertThat(result.numbers()).containsEntry("target_behind_or_missing", 1L);
    }

    @Test
    void failsWhenTheTargetLostItsFirstRecords() {
        CheckResult result = check(partition(COPY, new LogRange(10, 112), new LogRange(6, 95)));
        assertFailed(result, "orders/3: the target's log starts at 6, after 5");
        assertThat(result.numbers()).containsEntry("earliest_mismatches", 1L);
    }

    @Test
    void failsWhenTheRangeIsNotAsLongAsTheCount() {
        CopiedPartition twoShort = partition(copy(112, 95, 92, 112, 95), new LogRange(10, 112), new LogRange(5, 95));
        assertFailed(check(twoShort), "orders/3: target offsets 5 to 95 (exclusive) are 90 records, but 92 were");
        assertThat(CountsAndOffsets.check(List.of(twoShort), 2))
                .satisfies(result -> assertThat(result.outcome()).isEqualTo(Outcome.WARNING))
                .satisfies(result -> assertThat(result.reasons().get(0)).contains("tolerance of 2"));
    }

    @Test
    void failsWhenCheckpointAndMapDisagree() {
        assertFailed(
                check(partition(copy(112, 95, 90, 110, 93), new LogRange(10, 112), new LogRange(5, 95))),
                "orders/3: the offset map ends at source 110, target 93, the checkpoint at source 112, target 95");
    }

    @Test
    void failsWhatCannotBeCompared() {
        assertFailed(check(partition(null, new LogRange(0, 1), new LogRange(0, 1))), "orders/3: no checkpoint");
        assertFailed(check(partition(COPY, null, new LogRange(5, 95))), "orders/3: is not on the source any more");
        assertFailed(check(partition(COPY, new LogRange(10, 112), null)), "orders/3: is not on the target");
        Copy withoutMap = new Copy(SourceOffset.of(112), TargetOffset.of(95), 90, null);
        assertFailed(
                check(partition(withoutMap, new LogRange(10, 112), new LogRange(5, 95))),
                "orders/3: there is no offset map");
        assertFailed(CountsAndOffsets.check(List.of(), 0), "the plan has no partitions");
    }

    @Test
    void warnsOfAGapWithItsOffsets() {
        CheckResult result = check(new CopiedPartition(
                ORDERS,
                COPY,
                new LogRange(10, 112),
                new LogRange(5, 95),
                List.of(new Gap(ORDERS, SourceOffset.of(20), SourceOffset.of(28)))));
        assertThat(result.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(result.reasons().get(0)).contains("orders/3: source offsets 20 to 28");
        assertThat(result.numbers()).containsEntry("gaps", 1L);
    }

    @Test
    void warnsOfADeletedTopicAndFailsOneThatIsThereAgain() {
        Ended ended = new Ended(ORDERS, TopicEnd.DELETED, SourceOffset.of(112));

        CheckResult deleted = check(new CopiedPartition(ORDERS, COPY, null, new LogRange(5, 95), List.of(), ended));

        assertThat(deleted.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(deleted.reasons().get(0))
                .contains("orders/3: its topic was deleted")
                .contains("up to source offset 112");
        assertThat(deleted.numbers()).containsEntry("partitions_ended", 1L);
        assertFailed(
                check(new CopiedPartition(ORDERS, COPY, new LogRange(10, 112), new LogRange(5, 95), List.of(), ended)),
                "orders/3: its topic was deleted on the source and made anew");
        assertThat(check(new CopiedPartition(ORDERS, COPY, null, new LogRange(5, 94), List.of(), ended))
                        .outcome())
                .as("what was copied must still be there")
                .isEqualTo(Outcome.FAILED);
    }

    private static CheckResult check(CopiedPartition partition) {
        return CountsAndOffsets.check(List.of(partition), 1);
    }

    private static void assertFailed(CheckResult result, String reason) {
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.reasons()).singleElement().asString().startsWith(reason);
    }

    private static CopiedPartition partition(
            @Nullable Copy copy, @Nullable LogRange source, @Nullable LogRange target) {
        return new CopiedPartition(ORDERS, copy, source, target, List.of());
    }

    private static Copy copy(long sourceNext, long targetNext, long records, long mapTo, long mapTargetNext) {
        return copy(sourceNext, targetNext, records, mapTo, mapTargetNext, 5);
    }

    private static Copy copy(
            long sourceNext, long targetNext, long records, long mapTo, long mapTargetNext, long targetStart) {
        return new Copy(
                SourceOffset.of(sourceNext),
                TargetOffset.of(targetNext),
                records,
                new MapRange(SourceOffset.of(mapTo), TargetOffset.of(targetStart), TargetOffset.of(mapTargetNext)));
    }
}
