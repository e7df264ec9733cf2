package io.kraftlift.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.lanes.FirstDifference;
import io.kraftlift.core.lanes.LaneDigest;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.PartitionDigest;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.validation.FullRecords.Lane;
import io.kraftlift.core.validation.RecordImage.Header;
import io.kraftlift.core.validation.RecordImage.Part;
import io.kraftlift.core.validation.SampledPartition.Sample;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RecordChecksTest {
    private static final PartitionId A = PartitionId.of("a", 0);
    private static final PartitionId B = PartitionId.of("b", 1);

    @Nested
    class OverEveryRecord {
        @Test
        void passesEqualDigestsOfEveryPlannedPartition() {
            CheckResult result = FullRecords.check(Map.of(new LaneId(0), lane(Set.of(A, B), same(A), same(B))));
            assertThat(result.outcome()).isEqualTo(Outcome.PASSED);
            assertThat(result.numbers()).containsEntry("partitions_checked", 2L).containsEntry("records_checked", 14L);
        }

        @Test
        void namesThePartitionAndTheOffsetOfTheFirstDifference() {
            CheckResult result = FullRecords.check(Map.of(new LaneId(0), lane(Set.of(A, B), same(A), different(B))));
            assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(result.reasons())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "b/1: target offsets 0 to 7 (exclusive) differ, first at target offset 4: the record of source offset 9 is missing");
        }

        @Test
        void failsALaneWithoutResultAndNamesItsPartitions() {
            assertThat(FullRecords.check(Map.of(new LaneId(2), new Lane(Set.of(A), 9, null)))
                            .reasons())
                    .containsExactly(
                            "lane 2: left no comparison of its 1 partitions",
                            "a/0: was compared 0 times, must be once");
        }

        @Test
        void failsWhatWasLeftOutOrComparedTwiceOrNotPlanned() {
            assertThat(FullRecords.check(Map.of(new LaneId(0), lane(Set.of(A, B), same(A))))
                            .reasons())
                    .containsExactly("b/1: was compared 0 times, must be once");
            assertThat(FullRecords.check(Map.of(new LaneId(0), lane(Set.of(A), same(A), same(A))))
                            .reasons())
                    .containsExactly("a/0: was compared 2 times, must be once");
            assertThat(FullRecords.check(Map.of(new LaneId(0), lane(Set.of(A), same(A), same(B))))
                            .reasons())
                    .containsExactly("b/1: was compared but is not in the plan");
        }

        @Test
        void failsAComparisonThatIsOlderThanTheCopy() {
            Lane lane = lane(Set.of(A), same(A));
            assertThat(FullRecords.check(Map.of(new LaneId(0), new Lane(Set.of(A), 10, lane.digest())))
                            .reasons())
                    .containsExactly("lane 0: was compared as of segment 9, but was copied through 10");
        }

        @Test
        void failsWhereNothingWasPlanned() {
            assertThat(FullRecords.check(Map.of()).outcome()).isEqualTo(Outcome.FAILED);
        }
    }

    @Nested
    class OverSomeRecords {
        @Test
        void passesEqualSamplesAndPartitionsWithoutRecords() {
            CheckResult result = SpotCheck.check(
                    Set.of(A, B),
                    Map.of(
                            A, new SampledPartition(A, 12, List.of(sample(10, 3L, true))),
                            B, new SampledPartition(B, 0, List.of())));
            assertThat(result.outcome()).isEqualTo(Outcome.PASSED);
            assertThat(result.numbers()).containsEntry("partitions_empty", 1L).containsEntry("records_checked", 1L);
        }

        @Test
        void namesEveryDifferenceByPartitionAndOffset() {
            CheckResult result = SpotCheck.check(
                    Set.of(A, B),
                    Map.of(
                            A,
                            new SampledPartition(
                                    A,
                                    12,
                                    List.of(
                                            sample(10, 3L, true, Part.TIMESTAMP, Part.HEADERS),
                                            sample(11, 4L, false),
                                            sample(15, null, false)))));
            assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(result.reasons())
                    .containsExactly(
                            "a/0: the record at source offset 10 differs from the one at target offset 3 in [HEADERS, TIMESTAMP]",
                            "a/0: the record at source offset 11 is not at target offset 4",
                            "a/0: the record at source offset 15 was not copied",
                            "b/1: was not sampled");
        }

        @Test
        void failsAPartitionOfWhichTheSourceHasNothingLeft() {
            assertThat(SpotCheck.check(Set.of(A), Map.of(A, new SampledPartition(A, 12, List.of())))
                            .reasons())
                    .singleElement()
                    .asString()
                    .contains("12 records were copied");
        }

        private static Sample sample(long source, @Nullable Long target, boolean found, Part... differences) {
            return new Sample(
                    SourceOffset.of(source),
                    target == null ? null : TargetOffset.of(target),
                    found,
                    Set.of(differences));
        }
    }

    @Nested
    class OfAnImage {
        private final RecordImage record = image("k", "v", 5, new Header("h", null), new Header("g", bytes("1")));

        @Test
        void isEqualToItsCopy() {
            assertThat(record.differences(image("k", "v", 5, new Header("h", null), new Header("g", bytes("1")))))
                    .isEmpty();
        }

        @Test
        void tellsNullFromEmptyAndSeesOrder() {
            assertThat(record.differences(image("k", null, 5, new Header("h", bytes("")), new Header("g", bytes("1")))))
                    .containsExactly(Part.VALUE, Part.HEADERS);
            assertThat(record.differences(image("", "v", 6, new Header("g", bytes("1")), new Header("h", null))))
                    .containsExactly(Part.KEY, Part.HEADERS, Part.TIMESTAMP);
            assertThat(record.differences(image("k", "v", 5, new Header("h", null))))
                    .containsExactly(Part.HEADERS);
        }

        private static RecordImage image(@Nullable String key, @Nullable String value, long at, Header... headers) {
            return new RecordImage(
                    key == null ? null : bytes(key), value == null ? null : bytes(value), List.of(headers), at);
        }

        private static ByteBuffer bytes(String text) {
            return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Lane lane(Set<PartitionId> planned, PartitionDigest... digests) {
        return new Lane(planned, 9, new LaneDigest(new LaneId(0), 9, 1.5, List.of(digests)));
    }

    private static PartitionDigest same(PartitionId partition) {
        Sha256 digest = Sha256.of(new byte[] {1});
        return new PartitionDigest(
                partition, TargetOffset.of(0), TargetOffset.of(7), 7, 7, 700, 700, digest, digest, null);
    }

    private static PartitionDigest different(PartitionId partition) {
        return new PartitionDigest(
                partition,
                TargetOffset.of(0),
                TargetOffset.of(7),
                7,
                7,
                700,
                700,
                Sha256.of(new byte[] {1}),
                Sha256.of(new byte[] {2}),
                new FirstDifference(TargetOffset.of(4), "the record of source offset 9 is missing"));
    }
}
