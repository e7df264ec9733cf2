package io.kraftlift.core.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.core.batches.ProducerIdentity;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.lanes.TopicEnd;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.SourceRun;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SegmentGoldenTest {
    private static final PartitionId ORDERS = PartitionId.of("orders", 5);
    private static final PartitionProgress PROGRESS = new PartitionProgress(
            SourceOffset.of(120),
            TargetOffset.of(5),
            2,
            71,
            new Sha256("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
    private static final List<SourceRun> RUNS =
            List.of(new SourceRun(SourceOffset.of(100), 1), new SourceRun(SourceOffset.of(103), 1));

    @Test
    void writesTheDocumentedBytes() {
        SegmentWriter writer = new SegmentWriter(header());
        int local = writer.open(ORDERS, SourceOffset.of(100), TargetOffset.of(3));
        writer.batch(local, RUNS, 104, ByteBuffer.wrap(NaiveSegment.batch()));
        writer.advance(local, 110);
        writer.missing(local, 110, 119);

        ByteBuffer written = writer.seal(List.of(PROGRESS));

        assertThat(written).isEqualTo(ByteBuffer.wrap(NaiveSegment.small(1)));
    }

    @Test
    void readsTheDocumentedBytes() {
        Segment segment = SegmentReader.read(NaiveSegment.small(1), "small.seg");

        assertThat(segment.header()).isEqualTo(header());
        assertThat(segment.entries())
                .containsExactly(
                        new SegmentEntry.Open(ORDERS, SourceOffset.of(100), TargetOffset.of(3)),
                        new SegmentEntry.Batch(
                                ORDERS, RUNS, SourceOffset.of(104), ByteBuffer.wrap(NaiveSegment.batch())),
                        new SegmentEntry.Advance(ORDERS, SourceOffset.of(110)),
                        new SegmentEntry.Missing(ORDERS, SourceOffset.of(110), SourceOffset.of(119)));
        assertThat(segment.progress()).containsOnlyKeys(ORDERS).containsValue(PROGRESS);
    }

    @ParameterizedTest
    @CsvSource({"DELETED, 1", "REMADE, 2"})
    void writesAndReadsTheDocumentedBytesOfVersionTwo(TopicEnd why, int code) {
        SegmentWriter writer = new SegmentWriter(header());
        int local = writer.open(ORDERS, SourceOffset.of(100), TargetOffset.of(3));
        writer.batch(local, RUNS, 104, ByteBuffer.wrap(NaiveSegment.batch()));
        writer.advance(local, 110);
        writer.missing(local, 110, 119);
        writer.ended(local, why);

        ByteBuffer written = writer.seal(List.of(PROGRESS));

        assertThat(written).isEqualTo(ByteBuffer.wrap(NaiveSegment.ended(2, code)));
        assertThat(SegmentReader.read(NaiveSegment.ended(2, code), "ended.seg").entries())
                .last()
                .isEqualTo(new SegmentEntry.Ended(ORDERS, why));
    }

    @Test
    void refusesAnEndThatItDoesNotKnowAndOneInVersionOne() {
        refused(NaiveSegment.ended(2, 3), FailureName.OBJECT_DAMAGED);
        refused(NaiveSegment.ended(1, 1), FailureName.OBJECT_DAMAGED);
    }

    @Test
    void refusesEveryTruncation() {
        byte[] whole = NaiveSegment.small(1);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            refused(cut, FailureName.OBJECT_DAMAGED);
        }
    }

    @Test
    void refusesEveryFlippedByte() {
        byte[] whole = NaiveSegment.small(1);
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) 0xff;
            refused(flipped, FailureName.OBJECT_DAMAGED);
        }
    }

    @Test
    void refusesAVersionThatItDoesNotKnow() {
        refused(NaiveSegment.small(3), FailureName.OBJECT_VERSION_UNKNOWN);
    }

    private static void refused(byte[] content, FailureName name) {
        assertThatThrownBy(() -> SegmentReader.read(content, "lanes/2/7.seg"))
                .isInstanceOfSatisfying(
                        InvariantBroken.class,
                        broken -> assertThat(broken.failureName()).isEqualTo(name))
                .hasMessageContaining("lanes/2/7.seg")
                .hasMessageContaining("nothing was changed");
    }

    private static SegmentHeader header() {
        return new SegmentHeader(
                new LaneId(2), 7, new UUID(0x1122334455667788L, 0x99aabbccddeeff00L), new ProducerIdentity(4711, (short)
                        0));
    }
}
